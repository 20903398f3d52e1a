"""A ticket from its first message to its closing, as operator and requester notice it."""

from datetime import timedelta

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Delivery, DeliveryState
from ambidesk.support.tickets.answering import (
    Answer,
    NobodyToAnswer,
    NothingToSay,
    answer,
)
from ambidesk.support.tickets.assigning import CannotSeeIt, ForeignTeam, assign
from ambidesk.support.tickets.closing import AlreadySo, NotEnded, close, reopen, solve
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.models import ReplyToken, State, Ticket, WaitingFor
from ambidesk.support.tickets.recording import AlreadyClosed
from ambidesk.support.tickets.snoozing import InThePast, snooze, wake_due
from ambidesk.support.tickets.withdrawing import AlreadySent, withdraw_answer
from tests.cast import Cast


def reply(cast: Cast, text: str = "On its way.") -> Answer:
    return Answer(text=text, to=(cast.anna,), due_at=cast.at + timedelta(seconds=10))


def test_a_mail_opens_a_new_unread_ticket_that_waits_for_us(cast: Cast) -> None:
    ticket = cast.ticket("Where is my parcel?")
    assert ticket.state == State.NEW
    assert ticket.unread
    assert ticket.waiting_for == WaitingFor.US
    assert ticket.preview == "Where is my parcel?"
    assert ticket.team == cast.shop_team


def test_an_answer_waits_for_the_requester_and_is_due_after_the_time_to_undo(cast: Cast) -> None:
    ticket = cast.ticket()
    message = answer(ticket, reply(cast), by=cast.actor(cast.olga), at=cast.at)
    ticket.refresh_from_db()
    delivery = Delivery.objects.get(message=message)
    assert ticket.state == State.WAITING_REQUESTER
    assert ticket.first_answered_at == cast.at
    assert delivery.due_at == cast.at + timedelta(seconds=10)
    assert message.external_id.endswith("@polka.example")
    assert message.in_reply_to == cast_first_id(ticket)
    assert len(delivery.reply_token) == 32


def cast_first_id(ticket: Ticket) -> str:
    return ticket.filings.order_by("pk").values_list("message__external_id", flat=True)[0]


def test_every_recipient_has_a_token_of_their_own_that_stays_the_same(cast: Cast) -> None:
    ticket = cast.ticket()
    said = Answer(text="Hello", to=(cast.anna,), cc=(cast.boris,), due_at=cast.at)
    answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    assert ReplyToken.objects.filter(ticket=ticket).count() == 2
    assert Delivery.objects.values("reply_token").distinct().count() == 2


def test_an_answer_needs_somebody_and_something(cast: Cast) -> None:
    ticket = cast.ticket()
    actor = cast.actor(cast.olga)
    with pytest.raises(NobodyToAnswer):
        answer(ticket, Answer(text="Hello", to=(), due_at=cast.at), by=actor, at=cast.at)
    with pytest.raises(NothingToSay):
        answer(ticket, reply(cast, "  "), by=actor, at=cast.at)


def test_an_answer_can_be_taken_back_until_it_leaves(cast: Cast) -> None:
    ticket = cast.ticket()
    actor = cast.actor(cast.olga)
    message = answer(ticket, reply(cast), by=actor, at=cast.at)
    withdraw_answer(ticket, message, by=actor, at=cast.at)
    ticket.refresh_from_db()
    assert ticket.state == State.OPEN
    assert ticket.first_answered_at is None
    assert ticket.preview == "Where is my parcel?"
    assert Delivery.objects.get(message=message).state == DeliveryState.WITHDRAWN


def test_what_has_left_cannot_be_taken_back(cast: Cast) -> None:
    ticket = cast.ticket()
    actor = cast.actor(cast.olga)
    message = answer(ticket, reply(cast), by=actor, at=cast.at)
    Delivery.objects.filter(message=message).update(state=DeliveryState.SENT)
    with pytest.raises(AlreadySent):
        withdraw_answer(ticket, message, by=actor, at=cast.at)


def test_a_closed_ticket_cannot_be_closed_or_answered_again(cast: Cast) -> None:
    ticket = cast.ticket()
    actor = cast.actor(cast.olga)
    close(ticket, by=actor, at=cast.at)
    with pytest.raises(AlreadyClosed):
        close(ticket, by=actor, at=cast.at)
    with pytest.raises(AlreadyClosed):
        answer(ticket, reply(cast), by=actor, at=cast.at)


def test_a_word_of_the_requester_opens_a_solved_ticket_again(cast: Cast) -> None:
    ticket = cast.ticket()
    solve(ticket, by=cast.actor(cast.olga), at=cast.at)
    again = file_message(ticket, cast.write("Still missing"), by=SYSTEM, at=cast.at)
    assert again.state == State.OPEN
    assert again.reopened_times == 1
    assert again.solved_at is None
    assert again.unread


def test_an_automatic_mail_never_opens_a_ticket_again(cast: Cast) -> None:
    ticket = cast.ticket()
    solve(ticket, by=cast.actor(cast.olga), at=cast.at)
    vacation = cast.write("I am on vacation", automatic=True)
    assert file_message(ticket, vacation, by=SYSTEM, at=cast.at).state == State.SOLVED


def test_only_what_ended_is_reopened_and_the_same_state_is_refused(cast: Cast) -> None:
    ticket = cast.ticket()
    actor = cast.actor(cast.olga)
    with pytest.raises(NotEnded):
        reopen(ticket, by=actor, at=cast.at)
    solve(ticket, by=actor, at=cast.at)
    with pytest.raises(AlreadySo):
        solve(ticket, by=actor, at=cast.at)
    assert reopen(ticket, by=actor, at=cast.at).reopened_times == 1


def test_a_ticket_goes_only_to_those_who_can_see_it(cast: Cast) -> None:
    ticket = cast.ticket()
    actor = cast.actor(cast.olga)
    with pytest.raises(CannotSeeIt):
        assign(ticket, assignee=cast.lev, team=None, by=actor, at=cast.at)
    with pytest.raises(ForeignTeam):
        assign(ticket, assignee=None, team=cast.lift_team, by=actor, at=cast.at)
    taken = assign(ticket, assignee=cast.ivan, team=cast.shop_team, by=actor, at=cast.at)
    assert taken.state == State.OPEN


def test_a_snoozed_ticket_wakes_unread_at_its_time_and_not_before(cast: Cast) -> None:
    ticket = cast.ticket()
    actor = cast.actor(cast.olga)
    with pytest.raises(InThePast):
        snooze(ticket, until=cast.at, by=actor, at=cast.at)
    snooze(ticket, until=cast.at + timedelta(hours=2), by=actor, at=cast.at)
    assert wake_due(at=cast.at + timedelta(hours=1)) == 0
    assert wake_due(at=cast.at + timedelta(hours=2)) == 1
    ticket.refresh_from_db()
    assert ticket.snoozed_until is None
    assert ticket.unread


def test_a_word_of_the_requester_wakes_a_snoozed_ticket(cast: Cast) -> None:
    ticket = cast.ticket()
    actor = cast.actor(cast.olga)
    answer(ticket, reply(cast), by=actor, at=cast.at)
    snooze(ticket, until=cast.at + timedelta(hours=2), by=actor, at=cast.at)
    woken = file_message(ticket, cast.write("Hello?"), by=SYSTEM, at=cast.at)
    assert woken.snoozed_until is None


def test_the_journal_tells_the_ticket_s_life_in_order_without_a_word_of_anybody(
    cast: Cast,
) -> None:
    ticket = cast.ticket("My card is 4111 1111 1111 1111")
    actor = cast.actor(cast.olga)
    assign(ticket, assignee=cast.olga, team=cast.shop_team, by=actor, at=cast.at)
    answer(ticket, reply(cast), by=actor, at=cast.at)
    close(ticket, by=actor, at=cast.at)
    entries = list(entries_of("ticket", ticket.pk))
    assert [entry.kind for entry in entries] == [
        "tickets.opened",
        "tickets.assigned",
        "tickets.answered",
        "tickets.state_changed",
    ]
    assert "4111" not in str([entry.data for entry in entries])
