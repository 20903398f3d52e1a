"""The ticket's page tells how a talk went from channel to channel, and undoes what was no joining."""

from django.test import Client

from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.linking.joining import joined_to
from ambidesk.support.channels.linking.offering import offer
from ambidesk.support.channels.linking.tokens import token_of
from ambidesk.support.channels.telegram.simulator import Person
from ambidesk.support.tickets.models import Ticket
from tests.edge.web.workspace.conftest import HTMX, text_of
from tests.support.channels.linking.conftest import desk, telegram, vera
from tests.support.channels.telegram.desk import Desk, now

__all__ = ["desk", "telegram", "vera"]


def came(desk: Desk, vera: Person) -> Ticket:
    """Anna's ticket, on which Vera's account came by the link that Anna was sent."""
    ticket = desk.cast.ticket("Where is my parcel?")
    link = offer(ticket, desk.channel, by=desk.cast.actor(desk.cast.olga), at=now())
    desk.telegram.start(vera, token_of(link.nonce))
    desk.hear()
    desk.choose(vera)
    desk.telegram.say(vera, "Here I am")
    desk.hear()
    return ticket


def test_each_step_from_one_channel_to_another_is_a_line_of_the_timeline(
    olga: Client, desk: Desk, vera: Person
) -> None:
    ticket = came(desk, vera)
    desk.telegram.say(vera, "/mail")
    desk.hear()
    page = text_of(olga.get(f"/tickets/{ticket.number}"))
    for words in (
        "offered to go on in “Polka”",
        "The requester joined from “Polka”",
        "The requester went on in “Polka”",
        "The requester asked to go on in",
    ):
        assert words in page


def test_an_account_that_joined_by_a_link_is_named_and_taken_off_by_one_press(
    olga: Client, desk: Desk, vera: Person
) -> None:
    ticket = came(desk, vera)
    (joined,) = joined_to(ticket)
    address = f"/tickets/{ticket.number}/accounts/{joined.pk}"
    assert address in text_of(olga.get(f"/tickets/{ticket.number}"))
    assert olga.delete(address, headers=HTMX).status_code == 200
    assert Identity.objects.get(value="telegram:7001").person != desk.cast.anna.person
    page = text_of(olga.get(f"/tickets/{ticket.number}"))
    assert address not in page
    assert "took the account in “Polka” off this person" in page
    assert olga.delete(address, headers=HTMX).status_code == 404
