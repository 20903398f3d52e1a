"""A message goes on to somebody else, and an answer to all finds all."""

from typing import Any

import pytest

from ambidesk.ground.files import storing
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Identity
from ambidesk.parties.people.normalising import NotAnAddress
from ambidesk.support.conversations.envelope import Envelope, Named
from ambidesk.support.conversations.models import Delivery, Message, MessageKind
from ambidesk.support.conversations.receiving import InboundFile
from ambidesk.support.tickets.answering import (
    Answer,
    NobodyToAnswer,
    answer,
)
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.forwarding import (
    Forwarding,
    NotOnTicket,
    OwnAddress,
    TooManyRecipients,
    forward,
    recipients,
)
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.recording import AlreadyClosed
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.cast import Cast


def first(ticket: Ticket) -> Message:
    return Message.objects.filter(filings__ticket=ticket).earliest("pk")


def send_on(cast: Cast, ticket: Ticket, **fields: Any) -> Message:
    values: dict[str, Any] = {
        "original": first(ticket),
        "to": (cast.boris,),
        "text": "Please look.",
        "due_at": cast.at,
    }
    said = Forwarding(**{**values, **fields})
    return forward(ticket, said, by=cast.actor(cast.olga), at=cast.at)


def test_a_forwarded_message_tells_who_wrote_what_and_brings_its_files(cast: Cast) -> None:
    blob = storing.store(b"%PDF-1.4", at=cast.at)
    envelope = Envelope(sender=(Named(name="Anna Petrova", address="anna@example.org"),))
    ticket = cast.ticket(
        "Where is\nmy parcel?",
        files=(InboundFile(blob=blob, name="bill.pdf"),),
        envelope=envelope,
        subject="Parcel <1>",
    )
    message = send_on(cast, ticket)
    assert message.kind == MessageKind.FORWARD
    assert message.subject == "Fwd: Parcel <1>"
    assert message.new_text == "Please look."
    assert "Anna Petrova <anna@example.org>" in message.text
    assert message.text.endswith("Where is\nmy parcel?")
    assert "Parcel &lt;1&gt;" in message.html
    assert [each.name for each in message.attachments.all()] == ["bill.pdf"]
    assert (message.in_reply_to, message.references) == ("", [])
    assert entries_of("ticket", ticket.pk)[-1].data["original_id"] == first(ticket).pk


def test_forwarding_is_no_answer_to_the_requester(cast: Cast) -> None:
    ticket = cast.ticket()
    send_on(cast, ticket)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.first_answered_at, ticket.unread) == (State.NEW, None, True)
    send_on(cast, ticket, state=State.WAITING_OTHER)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.waiting_for) == (State.WAITING_OTHER, "other")


def test_the_next_answer_to_the_requester_stays_in_their_own_talk(cast: Cast) -> None:
    ticket = cast.ticket()
    forwarded = send_on(cast, ticket)
    said = Answer(text="We asked.", to=(cast.anna,), due_at=cast.at)
    message = answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    assert message.in_reply_to == first(ticket).external_id
    assert forwarded.external_id not in message.references
    assert message.thread_id == first(ticket).thread_id
    again = Answer(text="And?", to=(cast.boris,), due_at=cast.at)
    to_boris = answer(ticket, again, by=cast.actor(cast.olga), at=cast.at)
    assert to_boris.in_reply_to == forwarded.external_id
    assert first(ticket).external_id not in to_boris.references


def test_a_forwarded_message_can_be_taken_back_and_leaves_the_state_alone(cast: Cast) -> None:
    ticket = cast.ticket()
    said = Answer(text="Done.", to=(cast.anna,), due_at=cast.at)
    answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    message = send_on(cast, ticket)
    withdraw_answer(ticket, message, by=cast.actor(cast.olga), at=cast.at)
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING_REQUESTER
    assert Delivery.objects.get(message=message).state == "withdrawn"


def test_files_stay_behind_where_the_operator_wants_it(cast: Cast) -> None:
    blob = storing.store(b"secret", at=cast.at)
    ticket = cast.ticket(files=(InboundFile(blob=blob, name="a.txt"),))
    assert not send_on(cast, ticket, without_files=True).attachments.exists()


def test_only_what_stands_on_an_open_ticket_goes_on_and_only_to_somebody(cast: Cast) -> None:
    ticket, other = cast.ticket(), cast.ticket()
    with pytest.raises(NotOnTicket):
        send_on(cast, ticket, original=first(other))
    with pytest.raises(NobodyToAnswer):
        send_on(cast, ticket, to=())
    close(ticket, by=cast.actor(cast.olga), at=cast.at)
    with pytest.raises(AlreadyClosed):
        send_on(cast, ticket)


def test_typed_addresses_are_checked_and_known_ones_found(cast: Cast) -> None:
    found = recipients(["Boris@Example.net", " new@else.example ", ""], by=SYSTEM, at=cast.at)
    assert [each.value for each in found] == ["boris@example.net", "new@else.example"]
    assert found[0] == cast.boris
    with pytest.raises(NotAnAddress):
        recipients(["a@b\r\nBcc: c@d.example"], by=SYSTEM, at=cast.at)
    with pytest.raises(OwnAddress):
        recipients(["Help+anything@polka.example"], by=SYSTEM, at=cast.at)
    with pytest.raises(TooManyRecipients):
        recipients([f"a{n}@b.example" for n in range(21)], by=SYSTEM, at=cast.at)
    assert Identity.objects.filter(value="new@else.example").count() == 1
