"""A new ticket is acknowledged, and nobody can make a weapon of it."""

from datetime import timedelta
from typing import Any

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.support.channels.mail.acknowledging import (
    BUDGETS,
    KINDS,
    SendersWords,
    acknowledge,
    check_text,
)
from ambidesk.support.channels.mail.composing.gathering import gather
from ambidesk.support.channels.mail.composing.reading import letter_of
from ambidesk.support.conversations.models import (
    Channel,
    Delivery,
    Direction,
    Message,
    MessageKind,
)
from ambidesk.support.tickets.models import State, Ticket
from tests.cast import Cast

TEXT = "We got it. Your number is {{ticket.number}}. {{brand.name}}"


@pytest.fixture(autouse=True)
def _acknowledging(cast: Cast) -> None:
    Channel.objects.filter(pk=cast.shop_mail.pk).update(
        settings={"habits": {"acknowledgement": TEXT}}
    )


def opened(cast: Cast, **fields: Any) -> Ticket:
    ticket = cast.ticket(**{"sender_verified": True, **fields})
    tell(cast, ticket)
    return ticket


def tell(cast: Cast, ticket: Ticket, *, late: timedelta = timedelta()) -> None:
    entries = [each for each in entries_of("ticket", ticket.pk) if each.kind in KINDS]
    acknowledge(entries, at=cast.at + late)


def said(ticket: Ticket) -> list[Message]:
    return list(Message.objects.filter(filings__ticket=ticket, direction=Direction.OUTBOUND))


def test_a_new_ticket_is_acknowledged_in_fixed_words(cast: Cast) -> None:
    cast.anna.name = "Buy cheap pills"
    cast.anna.save()
    ticket = opened(cast, subject="Spam for a third party", text="More spam")
    (message,) = said(ticket)
    assert message.automatic
    assert message.text == f"We got it. Your number is {ticket.number}. Polka"
    channel = Channel.objects.select_related("brand").get(pk=cast.shop_mail.pk)
    written = (
        f"{letter_of(message, channel=channel, beside=gather([message], on=cast.at.date()))!r}"
    )
    assert "pam" not in written
    assert "pills" not in written
    delivery = Delivery.objects.get(message=message)
    assert (delivery.recipient, delivery.due_at) == (cast.anna, cast.at)


def test_an_acknowledgement_is_no_answer(cast: Cast) -> None:
    ticket = opened(cast)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.unread, ticket.first_answered_at) == (State.NEW, True, None)


def test_it_is_said_once_however_often_the_journal_tells(cast: Cast) -> None:
    ticket = opened(cast)
    tell(cast, ticket)
    assert len(said(ticket)) == 1


def test_old_entries_are_not_acknowledged(cast: Cast) -> None:
    ticket = cast.ticket(sender_verified=True)
    tell(cast, ticket, late=timedelta(hours=2))
    assert not said(ticket)


@pytest.mark.parametrize(
    "fields",
    [
        {"sender_verified": False},
        {"automatic": True},
        {"kind": MessageKind.AUTO_REPLY},
        {"kind": MessageKind.LIST},
        {"kind": MessageKind.BOUNCE},
    ],
)
def test_neither_machines_nor_who_may_be_somebody_else_get_one(
    cast: Cast, fields: dict[str, Any]
) -> None:
    assert not said(opened(cast, **fields))


def test_what_is_suspended_or_by_another_channel_gets_none(cast: Cast) -> None:
    ticket = cast.ticket(sender_verified=True)
    Ticket.objects.filter(pk=ticket.pk).update(suspended=True)
    tell(cast, ticket)
    assert not said(ticket)
    assert not said(opened(cast, channel=cast.lift_mail))


def test_our_own_address_gets_none(cast: Cast) -> None:
    cast.anna.value = cast.lift_mail.address
    cast.anna.save()
    assert not said(opened(cast))


def test_somebody_who_writes_all_the_time_is_not_answered_all_the_time(cast: Cast) -> None:
    tickets = [opened(cast) for _time in range(BUDGETS.of_address + 3)]
    assert sum(len(said(ticket)) for ticket in tickets) == BUDGETS.of_address


def test_settings_that_cannot_be_read_acknowledge_nothing(cast: Cast) -> None:
    Channel.objects.update(settings={"habits": {"nonsense": 1}})
    assert not said(opened(cast))


@pytest.mark.parametrize("text", ["{{requester.name}}", "{{ ticket.subject }}", "{{nothing}}"])
def test_a_text_that_repeats_the_sender_is_refused(text: str) -> None:
    with pytest.raises(SendersWords):
        check_text(text)
    check_text(TEXT)
