"""Incidents on the screen: listed, decided, announced, told, taken back, over; each with its right."""

from collections.abc import Iterator

import pytest
from django.test import Client

from ambidesk.ground.kernel.signals import flush
from ambidesk.support.incidents.gathering import join
from ambidesk.support.incidents.models import Broadcast, BroadcastState, Incident, IncidentState
from ambidesk.support.incidents.telling import tell_due
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast, hired
from tests.edge.web.workspace.conftest import HTMX, seated, text_of, told


@pytest.fixture
def lead(cast: Cast) -> Client:
    return seated(hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at))


@pytest.fixture
def tickets(cast: Cast) -> list[Ticket]:
    return [cast.ticket(f"Card refused {place}") for place in range(3)]


@pytest.fixture
def incident(cast: Cast, tickets: list[Ticket]) -> Iterator[Incident]:
    row = Incident.objects.create(
        brand=cast.shop, state=IncidentState.PROPOSED, title="Cards", began_at=cast.at, noticed=3
    )
    for ticket in tickets:
        join(row, ticket, by=cast.actor(cast.olga), at=cast.at)
    yield row
    flush()


@pytest.fixture
def accepted(incident: Incident) -> Incident:
    Incident.objects.filter(pk=incident.pk).update(state=IncidentState.OPEN)
    incident.refresh_from_db()
    return incident


def at(incident: Incident, path: str = "") -> str:
    return f"/incidents/{incident.pk}{path}"


def test_what_is_proposed_is_listed_and_counted(olga: Client, incident: Incident) -> None:
    shown = text_of(olga.get("/incidents/"))
    assert "Cards" in shown
    assert "3 tickets" in shown
    assert "<main" not in text_of(olga.get("/incidents/?part=list", headers=HTMX))
    assert text_of(olga.get("/incidents/count")) == "1"
    assert incident.title in text_of(olga.get(at(incident)))


def test_nothing_of_it_is_there_for_another_brand(lev: Client, incident: Incident) -> None:
    assert "Cards" not in text_of(lev.get("/incidents/"))
    assert text_of(lev.get("/incidents/count")) == ""
    assert lev.get(at(incident)).status_code == 404
    assert lev.post(at(incident, "/acceptance"), {"title": "Mine"}).status_code == 404


def test_it_is_accepted_by_its_name(olga: Client, incident: Incident) -> None:
    assert olga.post(at(incident, "/acceptance"), {"title": " "}, headers=HTMX).status_code == 422
    answer = olga.post(at(incident, "/acceptance"), {"title": "No cards"}, headers=HTMX)
    assert "It is an incident now" in told(answer)["toast"]["message"]
    assert "No cards" in text_of(answer)
    again = olga.post(at(incident, "/acceptance"), {"title": "Mine"}, headers=HTMX)
    assert again.status_code == 409


def test_it_is_dismissed(olga: Client, incident: Incident) -> None:
    answer = olga.post(at(incident, "/dismissal"), headers=HTMX)
    assert "Dismissed" in text_of(answer)
    assert text_of(olga.get("/incidents/count")) == ""


def test_without_a_script_each_press_comes_back_to_the_page(
    olga: Client, incident: Incident
) -> None:
    answer = olga.post(at(incident, "/acceptance"), {"title": "No cards"})
    assert (answer.status_code, answer["Location"]) == (303, at(incident))


def test_tickets_are_added_and_taken_out_by_their_number(
    olga: Client, incident: Incident, cast: Cast
) -> None:
    other = cast.ticket(subject="Paying by card <b>fails</b>")
    shown = text_of(
        olga.post(at(incident, "/tickets"), {"number": f"#{other.number}"}, headers=HTMX)
    )
    assert "Paying by card &lt;b&gt;fails&lt;/b&gt;" in shown
    answer = olga.delete(at(incident, f"/tickets/{other.number}"), headers=HTMX)
    assert "taken out" in told(answer)["toast"]["message"]
    assert "Paying by card" not in text_of(answer)
    foreign = cast.ticket("Lift", channel=cast.lift_mail)
    for number in (foreign.number, "x", "9" * 30):
        assert olga.post(at(incident, "/tickets"), {"number": number}).status_code == 404


def test_an_operator_decides_and_does_not_speak_to_all(olga: Client, accepted: Incident) -> None:
    assert "One answer to all" not in text_of(olga.get(at(accepted)))
    for path in ("/banner", "/answers", "/closure"):
        assert olga.post(at(accepted, path), {"text": "Hi", "banner_en": "Hi"}).status_code == 404
    assert not Broadcast.objects.exists()


def test_a_banner_is_shown_in_both_languages_and_taken_away(
    lead: Client, accepted: Incident
) -> None:
    words = {"banner_ru": "Чиним <оплату>", "banner_en": "We mend payment"}
    answer = lead.post(at(accepted, "/banner"), words, headers=HTMX)
    assert told(answer)["toast"]["message"] == "Visitors read it now"
    assert "Чиним &lt;оплату&gt;" in text_of(answer)
    answer = lead.post(at(accepted, "/banner"), {}, headers=HTMX)
    assert told(answer)["toast"]["message"] == "The banner is gone"


def test_one_answer_to_all_can_be_taken_back_and_is_sent_again(
    lead: Client, accepted: Incident
) -> None:
    answer = lead.post(at(accepted, "/answers"), {"text": "We mend it."}, headers=HTMX)
    undo = told(answer)["toast"]["undo_url"]
    assert "All will read it in a moment" in text_of(answer)
    again = lead.post(at(accepted, "/answers"), {"text": "We mend it."}, headers=HTMX)
    assert again.status_code == 409
    answer = lead.delete(undo, headers=HTMX)
    assert "nobody has read it" in told(answer)["toast"]["message"]
    # What was taken back is there to be mended.
    assert ">We mend it.</textarea>" in text_of(answer)
    assert lead.delete(at(accepted, "/answers/999999")).status_code == 404
    answer = lead.post(at(accepted, "/answers"), {"text": "We mend it."}, headers=HTMX)
    said = Broadcast.objects.get(state=BroadcastState.WAITING)
    assert tell_due(at=said.due_at) == 3
    late = lead.delete(told(answer)["toast"]["undo_url"], headers=HTMX)
    assert late.status_code == 409


def test_who_could_not_be_told_is_named_with_the_reason(
    lead: Client, accepted: Incident, tickets: list[Ticket], cast: Cast
) -> None:
    lead.post(at(accepted, "/answers"), {"text": "We mend it."}, headers=HTMX)
    close(tickets[0], by=cast.actor(cast.olga), at=cast.at)
    said = Broadcast.objects.get()
    tell_due(at=said.due_at)
    shown = text_of(lead.get(at(accepted)))
    assert "2 told" in shown
    assert "1 not told" in shown
    assert f'#{tickets[0].number}</a> <span class="quiet">closed<' in shown


def test_at_the_end_all_are_told_and_it_can_be_undone(lead: Client, accepted: Incident) -> None:
    answer = lead.post(at(accepted, "/closure"), {"text": "It works again."}, headers=HTMX)
    assert "Over: all will be told" in told(answer)["toast"]["message"]
    answer = lead.delete(told(answer)["toast"]["undo_url"], headers=HTMX)
    assert told(answer)["toast"]["message"] == "Open again"
    assert Broadcast.objects.get().state == BroadcastState.WITHDRAWN
    answer = lead.post(at(accepted, "/closure"), {"text": ""}, headers=HTMX)
    assert told(answer)["toast"]["message"] == "Over"
