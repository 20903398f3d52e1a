"""The operator's bar and the lead's load, as their browsers get them."""

import json

import pytest
from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.routing import attendance
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.attending import set_status
from ambidesk.support.routing.models import Mode, Operator, Status
from ambidesk.support.routing.settling import settle
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast, hired
from tests.edge.web.workspace.conftest import HTMX, seated, text_of, told


@pytest.fixture
def queued(cast: Cast) -> Ticket:
    """A ticket in the shop's queue."""
    arrange_queue(cast.shop_team, Arrangement(mode=Mode.PULL), by=SYSTEM, at=cast.at)
    ticket = cast.ticket()
    settle([ticket.pk], by=SYSTEM, at=cast.at)
    return ticket


@pytest.fixture
def lead(cast: Cast) -> Client:
    """The lead of the shop."""
    return seated(hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at))


def test_who_works_from_no_queue_has_no_bar(olga: Client) -> None:
    assert olga.get("/queue/bar").status_code == 204


def test_the_bar_says_status_count_and_load_in_words(
    olga: Client, cast: Cast, queued: Ticket
) -> None:
    assert "Away" in text_of(olga.get("/queue/bar"))
    page = text_of(olga.post("/queue/status", {"status": "online"}, headers=HTMX))
    assert "Online" in page
    assert "0/4" in page
    assert "1 waits" in page


def test_take_next_leads_to_the_ticket(olga: Client, queued: Ticket) -> None:
    olga.post("/queue/status", {"status": "online"})
    answer = olga.post("/queue/next", headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"/tickets/{queued.pk}?view=mine"
    assert "Anna Petrova" in text_of(olga.get("/queue/bar"))
    page = text_of(olga.get(f"/tickets/{queued.pk}"))
    assert "took it as next" in page
    assert "now 1 of 4" in page


def test_beside_the_list_only_the_thread_is_fetched(olga: Client, queued: Ticket) -> None:
    olga.post("/queue/status", {"status": "online"})
    headers = {**HTMX, "HX-Target": "queue-bar"}
    answer = olga.post("/queue/next", {"desk": "1"}, headers=headers)
    assert json.loads(answer.headers["HX-Location"])["target"] == "#thread-pane"


def test_a_refusal_is_said(olga: Client, queued: Ticket) -> None:
    answer = olga.post("/queue/next", headers=HTMX)
    assert answer.status_code == 409
    assert "You are away" in json.dumps(told(answer), ensure_ascii=False)


def test_who_touches_nothing_is_away_until_they_do(
    olga: Client, cast: Cast, queued: Ticket
) -> None:
    olga.post("/queue/status", {"status": "busy"})
    assert "Touched nothing" in text_of(olga.post("/queue/status", {"status": "idle"}))
    olga.post("/queue/status", {"status": "back"})
    assert Operator.objects.get(pk=cast.olga.pk).status == Status.BUSY


def test_nonsense_is_no_status(olga: Client, queued: Ticket) -> None:
    assert olga.post("/queue/status", {"status": "asleep"}).status_code == 404


def test_the_lead_sees_who_attends_and_what_waits(lead: Client, cast: Cast, queued: Ticket) -> None:
    set_status(cast.olga, Status.ONLINE, by=SYSTEM, at=cast.at)
    attendance.report([cast.olga.user_id])
    page = text_of(lead.get("/load/"))
    assert "Olga Orlova" in page
    assert "<title>(1) Load" in page
    assert "Lev Lvov" not in page


def test_an_operator_sees_no_load(olga: Client) -> None:
    assert olga.get("/load/").status_code == 404


def test_the_lead_moves_somebody_to_another_team(lead: Client, cast: Cast, queued: Ticket) -> None:
    # A second team of the same brand, else the lead would give sight of what they do not see.
    second = cast.shop_team.__class__.objects.create(name="Second line")
    second.brands.add(cast.shop)
    body = {"member": cast.olga.pk, "source": cast.shop_team.pk, "target": second.pk}
    answer = lead.post("/load/moves", body, headers=HTMX)
    assert "Second line" in told(answer)["toast"]["message"]
    assert list(cast.olga.teams.all()) == [second]


def test_the_lead_gives_nobody_sight_of_another_brand(lead: Client, cast: Cast) -> None:
    body = {"member": cast.olga.pk, "source": cast.shop_team.pk, "target": cast.lift_team.pk}
    assert lead.post("/load/moves", body, headers=HTMX).status_code == 404
    assert list(cast.olga.teams.all()) == [cast.shop_team]


def test_the_lead_sets_how_much_fits(lead: Client, cast: Cast) -> None:
    lead.post("/load/people", {"member": cast.olga.pk, "capacity": "7"}, headers=HTMX)
    assert Operator.objects.get(pk=cast.olga.pk).capacity == 7
    refused = lead.post("/load/people", {"member": cast.olga.pk, "capacity": "0"}, headers=HTMX)
    assert refused.status_code == 422


def test_a_forecast_without_past_says_so(lead: Client, queued: Ticket) -> None:
    assert "No past yet" in text_of(lead.get("/load/forecast"))
