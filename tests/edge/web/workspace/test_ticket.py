"""The page of a ticket: what it shows to whom, what changing it answers, in how many queries."""

from datetime import timedelta

from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.granting import grant
from ambidesk.ground.reach.models import Role
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.models.team import Line
from ambidesk.support.conversations.envelope import Envelope, Named
from ambidesk.support.desk.models import Draft
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.escalating import Why, escalate
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.linking import link
from ambidesk.support.tickets.models import Link, LinkKind, State, Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.opening import Opening, open_ticket
from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, at_most, seated, text_of, told


def talk(cast: Cast, messages: int) -> Ticket:
    """A ticket on which both sides spoke in turn."""
    ticket = cast.ticket(thread_key="talk")
    actor = cast.actor(cast.olga)
    for place in range(1, messages):
        at = cast.at + timedelta(minutes=place)
        if place % 2:
            said = Answer(text=f"Answer {place}", to=(cast.anna,), due_at=at)
            answer(ticket, said, by=actor, at=at)
        else:
            message = cast.write(f"Question {place}", thread_key="talk")
            file_message(ticket, message, by=SYSTEM, at=at)
    return ticket


def test_a_ticket_of_a_brand_i_do_not_serve_is_not_there(lev: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    assert lev.get(f"/tickets/{ticket.number}").status_code == 404
    for path in ("closure", "notes", "answers", "assignment", "merge"):
        assert lev.post(f"/tickets/{ticket.number}/{path}").status_code == 404


def test_a_link_with_a_ticket_that_i_do_not_see_is_not_mine_to_undo(
    olga: Client, cast: Cast
) -> None:
    ticket, foreign = cast.ticket(), cast.ticket(channel=cast.lift_mail)
    near = cast.ticket()
    tied = [
        link(ticket, other, kind=LinkKind.RELATED, by=SYSTEM, at=cast.at)
        for other in (foreign, near)
    ]
    beyond, mine = (f"/tickets/{ticket.number}/links/{each.pk}" for each in tied)
    assert olga.delete(beyond).status_code == 404
    assert olga.delete(mine, headers=HTMX).status_code == 200
    assert [each.pk for each in Link.objects.filter(undone_at=None)] == [tied[0].pk]


def test_the_pane_that_is_refreshed_is_the_one_of_the_page(olga: Client, cast: Cast) -> None:
    ticket = talk(cast, 4)
    page = text_of(olga.get(f"/tickets/{ticket.number}"))
    part = text_of(olga.get(f"/tickets/{ticket.number}?part=pane", headers=HTMX))
    token = 'name="csrfmiddlewaretoken" value="'
    assert _without_tokens(part, token).strip() in _without_tokens(page, token)


def _without_tokens(text: str, begin: str) -> str:
    first, *others = text.split(begin)
    return first + "".join(each.partition('"')[2] for each in others)


def test_thirty_messages_with_their_list_are_shown_in_fifteen_queries_at_most(
    olga: Client, cast: Cast
) -> None:
    ticket = talk(cast, 30)
    note(ticket, text="Careful", by=cast.actor(cast.ivan), at=cast.at)
    assign(ticket, assignee=cast.olga, team=cast.shop_team, by=SYSTEM, at=cast.at)
    address = f"/tickets/{ticket.number}"
    olga.get(address)
    with at_most(10):
        part = text_of(olga.get(address, headers={**HTMX, "HX-Target": "thread-pane"}))
    assert part.count("data-state=") >= 15
    with at_most(15):
        olga.get(address)


def test_older_messages_of_a_long_talk_are_folded_until_asked_for(olga: Client, cast: Cast) -> None:
    ticket = talk(cast, 40)
    page = text_of(olga.get(f"/tickets/{ticket.number}"))
    assert "10 earlier messages" in page
    assert "Where is my parcel?" not in page.partition('id="thread-rows"')[2].partition("</ol>")[0]
    whole = text_of(olga.get(f"/tickets/{ticket.number}?shown=130"))
    assert "earlier message" not in whole


def test_a_mail_as_long_as_a_book_shows_its_beginning_and_leads_to_the_whole(
    olga: Client, cast: Cast
) -> None:
    ticket = cast.ticket("The first words. " + "More words. " * 100_000)
    page = text_of(olga.get(f"/tickets/{ticket.number}"))
    assert "The first words." in page
    assert "It goes on." in page
    assert len(page) < 200_000


def test_the_first_message_nobody_looked_at_is_marked(olga: Client, cast: Cast) -> None:
    ticket = talk(cast, 3)
    assert "data-first-unread" in text_of(olga.get(f"/tickets/{ticket.number}"))
    olga.post(f"/tickets/{ticket.number}/sight", headers=HTMX)
    assert "data-first-unread" not in text_of(olga.get(f"/tickets/{ticket.number}"))


def test_reading_never_changes_a_thing_only_telling_that_one_looks_does(
    olga: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    olga.get(f"/tickets/{ticket.number}")
    ticket.refresh_from_db()
    assert ticket.unread


def test_closing_answers_with_an_undo_and_makes_room_for_the_next(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    closed = olga.post(f"/tickets/{ticket.number}/closure", headers=HTMX)
    happened = told(closed)
    assert happened["ended"] == {"number": ticket.number}
    assert happened["toast"]["message"] == "Closed"
    olga.delete(happened["toast"]["undo_url"], headers=HTMX)
    ticket.refresh_from_db()
    assert ticket.state == State.OPEN


def test_without_javascript_a_change_leads_back_to_the_ticket(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    answered = olga.post(f"/tickets/{ticket.number}/solution")
    assert (answered.status_code, answered.headers["Location"]) == (
        303,
        f"/tickets/{ticket.number}",
    )
    assert "Solved" in text_of(olga.get(f"/tickets/{ticket.number}"))


def test_a_refusal_becomes_a_toast_and_changes_nothing_on_the_screen(
    olga: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    close(ticket, by=SYSTEM, at=cast.at)
    refused = olga.post(f"/tickets/{ticket.number}/closure", headers=HTMX)
    assert refused.status_code == 409
    assert refused.headers["HX-Reswap"] == "none"
    assert f"#{ticket.number}" in told(refused)["toast"]["message"]


def test_a_reader_sees_a_ticket_and_no_way_to_change_it(cast: Cast) -> None:
    ticket = cast.ticket()
    grant(cast.olga.user, [Role.objects.get(key="reader")], by=SYSTEM, at=cast.at)
    reader = seated(cast.olga)
    page = text_of(reader.get(f"/tickets/{ticket.number}"))
    assert "Where is my parcel?" in page
    assert "You can read this ticket" in page
    assert "data-composer" not in page
    assert reader.post(f"/tickets/{ticket.number}/closure", headers=HTMX).status_code == 404


def test_a_suspended_ticket_says_why_and_is_let_in(olga: Client, cast: Cast) -> None:
    message = cast.write()
    opening = Opening(
        brand=cast.shop,
        requester=cast.anna,
        subject="Pretending",
        message=message,
        channel=cast.shop_mail,
        suspended=True,
    )
    ticket = open_ticket(opening, by=SYSTEM, at=cast.at)
    assert "Held back" in text_of(olga.get(f"/tickets/{ticket.number}"))
    olga.post(f"/tickets/{ticket.number}/acceptance", headers=HTMX)
    ticket.refresh_from_db()
    assert not ticket.suspended


def test_somebody_in_copy_is_answered_only_once_let_in(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket(copied=(cast.boris,), thread_key="copied")
    address = f"/tickets/{ticket.number}"
    chosen = {"to": [cast.anna.pk, cast.boris.pk], "text": "Hello", "seen": ""}
    olga.post(f"{address}/answers", chosen, headers=HTMX)
    first = ticket.filings.order_by("-pk")[0].message
    assert {d.recipient_id for d in first.deliveries.all()} == {cast.anna.pk}
    olga.post(f"{address}/parties/{cast.boris.pk}", headers=HTMX)
    olga.post(f"{address}/answers", chosen, headers=HTMX)
    second = ticket.filings.order_by("-pk")[0].message
    assert {d.recipient_id for d in second.deliveries.all()} == {cast.anna.pk, cast.boris.pk}


def test_neighbours_are_found_by_number_and_words_within_the_brand(
    olga: Client, cast: Cast
) -> None:
    one, other = cast.ticket(subject="Broken lamp"), cast.ticket(subject="Blue shelf")
    address = f"/tickets/{one.number}/neighbours"
    assert "Blue shelf" in text_of(olga.get(address, {"q": f"#{other.number}"}))
    assert "Blue shelf" in text_of(olga.get(address, {"q": "shelf"}))
    assert "No other ticket" in text_of(olga.get(address, {"q": "lamp"}))


def test_merging_by_words_that_name_no_ticket_is_told_beside_the_field(
    olga: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    refused = olga.post(f"/tickets/{ticket.number}/merge", {"other": "the other one"}, headers=HTMX)
    assert refused.status_code == 422
    assert told(refused)["toast"]["field"] == "other"


def test_a_merge_shows_the_other_ticket_and_is_undone_from_its_toast(
    olga: Client, cast: Cast
) -> None:
    one, other = cast.ticket(thread_key="one"), cast.ticket(thread_key="other")
    merged = olga.post(f"/tickets/{one.number}/merge", {"other": f"#{other.number}"}, headers=HTMX)
    assert f'data-ticket="{other.number}"' in text_of(merged)
    olga.delete(told(merged)["toast"]["undo_url"], headers=HTMX)
    one.refresh_from_db()
    assert one.merged_into_id is None


def test_names_subjects_and_texts_of_strangers_are_shown_never_obeyed(
    olga: Client, cast: Cast
) -> None:
    attack = '"><img src=x onerror=alert(1)><script>alert(1)</script>'
    sender = Named(name=attack, address="mallory@example.net")
    ticket = cast.ticket(
        attack,
        subject=attack,
        html=f"<p onclick='alert(1)'>{attack}</p><a href='javascript:alert(1)'>x</a>",
        envelope=Envelope(sender=(sender,), cc=(sender,)),
    )
    note(ticket, text=attack, by=cast.actor(cast.olga), at=cast.at)
    for address in (f"/tickets/{ticket.number}", "/inbox/unassigned/"):
        page = text_of(olga.get(address))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "javascript:alert" not in page
        assert 'onclick="' not in page.replace("&#x27;", "")


def test_a_draft_stays_on_the_server_until_it_is_sent(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    address = f"/tickets/{ticket.number}"
    typed = {"kind": "reply", "text": "Half a thou", "html": "<p>Half a thou</p>"}
    olga.put(f"{address}/draft", typed, content_type="application/json", headers=HTMX)
    assert "Half a thou" in text_of(olga.get(address))
    sent = {"to": cast.anna.pk, "text": "Half a thought.", "seen": ""}
    olga.post(f"{address}/answers", sent, headers=HTMX)
    assert not Draft.objects.filter(ticket=ticket, user=cast.olga.user_id).exists()


def test_only_what_came_from_another_line_is_offered_to_be_given_back(
    olga: Client, cast: Cast
) -> None:
    second = form_team(
        None, name="Repair", brands=[cast.shop], members=[], line=Line.SECOND, by=SYSTEM, at=cast.at
    )
    given, escalated = cast.ticket("Given"), cast.ticket("Escalated")
    # On the second line from the start: nobody can give it back.
    assign(given, assignee=None, team=second, by=SYSTEM, at=cast.at)
    escalate(escalated, second, why=Why(reason="Broken"), by=SYSTEM, at=cast.at)
    assert f"/tickets/{given.pk}/return" not in text_of(olga.get(f"/tickets/{given.pk}"))
    assert f"/tickets/{escalated.pk}/return" in text_of(olga.get(f"/tickets/{escalated.pk}"))
    refused = olga.get(f"/tickets/{given.pk}/return", headers=HTMX)
    assert refused.status_code == 409
    assert "was not escalated" in told(refused)["toast"]["message"]
    assert "Why it comes back" in text_of(olga.get(f"/tickets/{escalated.pk}/return"))
