"""What became of an answer, as its operator notices it."""

from datetime import timedelta

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Delivery, DeliveryState, Trouble
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.delivering import Setback, mark_sent, postpone, refuse
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.regrouping import merge
from ambidesk.support.tickets.returning import Fate, Report, bounce, bounce_many
from tests.cast import Cast


def answered(cast: Cast, *, automatic: bool = False, both: bool = False) -> tuple[Ticket, Delivery]:
    ticket = cast.ticket()
    said = Answer(
        text="On its way.",
        to=(cast.anna,),
        cc=(cast.boris,) if both else (),
        due_at=cast.at,
        automatic=automatic,
    )
    message = answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    return ticket, Delivery.objects.get(message=message, recipient=cast.anna)


def kinds(ticket: Ticket) -> list[str]:
    return [entry.kind.partition(".")[2] for entry in entries_of("ticket", ticket.pk)]


def test_an_accepted_answer_is_sent_and_has_no_trouble_any_more(cast: Cast) -> None:
    _ticket, delivery = answered(cast)
    setback = Setback(delivery_id=delivery.pk, trouble=Trouble.BUSY, said="451 later")
    postpone({cast.at + timedelta(minutes=1): [setback]}, at=cast.at)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.WAITING, 1)
    assert "asks to wait" in delivery.words
    assert "451 later" in delivery.words
    mark_sent([delivery.pk], at=cast.at + timedelta(minutes=1))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.words) == (DeliveryState.SENT, 2, "")


def test_a_refused_answer_brings_the_ticket_back_and_is_a_problem(cast: Cast) -> None:
    ticket, delivery = answered(cast)
    setback = Setback(
        delivery_id=delivery.pk, trouble=Trouble.NO_SUCH_RECIPIENT, status="5.1.1", said="550 no"
    )
    refuse([setback], by=SYSTEM, at=cast.at)
    ticket.refresh_from_db()
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.REFUSED
    assert (ticket.state, ticket.unread) == (State.OPEN, True)
    assert kinds(ticket)[-1] == "delivery_failed"
    assert Problem.objects.get().kind == "delivery-refused"


def test_an_answer_that_was_taken_back_is_never_marked(cast: Cast) -> None:
    _ticket, delivery = answered(cast)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.WITHDRAWN)
    mark_sent([delivery.pk], at=cast.at)
    refuse([Setback(delivery_id=delivery.pk, trouble=Trouble.OTHER)], by=SYSTEM, at=cast.at)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WITHDRAWN


def test_a_bounce_finds_its_answer_by_the_token_it_came_to(cast: Cast) -> None:
    ticket, delivery = answered(cast)
    solve(ticket, by=cast.actor(cast.olga), at=cast.at)
    mark_sent([delivery.pk], at=cast.at)
    report = Report(token=delivery.reply_token, status="5.2.2", diagnostic="mailbox\n full")
    returned = bounce(report, by=SYSTEM, at=cast.at)
    assert returned
    assert returned.ticket == ticket
    delivery.refresh_from_db()
    ticket.refresh_from_db()
    assert (delivery.state, delivery.trouble) == (DeliveryState.BOUNCED, Trouble.MAILBOX_FULL)
    assert delivery.last_error == "mailbox full"
    assert (ticket.state, ticket.unread) == (State.OPEN, True)


def test_a_bounce_told_twice_is_put_down_once(cast: Cast) -> None:
    ticket, delivery = answered(cast)
    mark_sent([delivery.pk], at=cast.at)
    report = Report(token=delivery.reply_token, status="5.1.1")
    bounce_many([report, report], by=SYSTEM, at=cast.at)
    bounce(report, by=SYSTEM, at=cast.at)
    assert kinds(ticket).count("delivery_failed") == 1


def test_a_bounce_without_a_token_needs_our_message_id_and_the_recipient(cast: Cast) -> None:
    _ticket, delivery = answered(cast, both=True)
    mark_sent(list(Delivery.objects.values_list("pk", flat=True)), at=cast.at)
    ours = delivery.message.external_id
    found = bounce_many(
        [
            Report(message_id=ours, recipient="anna@example.org"),
            Report(message_id=ours, recipient="somebody@else.example"),
            Report(message_id="not@ours", recipient="anna@example.org"),
            Report(recipient="anna@example.org"),
        ],
        by=SYSTEM,
        at=cast.at,
    )
    assert [bool(each) for each in found] == [True, False, False, False]
    states = dict(Delivery.objects.values_list("recipient__value", "state"))
    assert states == {"anna@example.org": "bounced", "boris@example.net": "sent"}


def test_a_forwarded_address_that_fails_is_the_only_recipients(cast: Cast) -> None:
    _ticket, delivery = answered(cast)
    mark_sent([delivery.pk], at=cast.at)
    report = Report(message_id=delivery.message.external_id, recipient="anna.private@else.example")
    assert bounce(report, by=SYSTEM, at=cast.at)


def test_a_late_mail_is_only_noted(cast: Cast) -> None:
    ticket, delivery = answered(cast)
    mark_sent([delivery.pk], at=cast.at)
    report = Report(token=delivery.reply_token, fate=Fate.DELAYED, status="4.4.1")
    assert bounce(report, by=SYSTEM, at=cast.at)
    ticket.refresh_from_db()
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
    assert delivery.words
    assert ticket.state == State.WAITING_REQUESTER


def test_an_answer_that_never_left_cannot_come_back(cast: Cast) -> None:
    _ticket, delivery = answered(cast)
    assert bounce(Report(token=delivery.reply_token), by=SYSTEM, at=cast.at) is None


def test_a_lost_automatic_message_moves_nothing(cast: Cast) -> None:
    ticket, delivery = answered(cast, automatic=True)
    mark_sent([delivery.pk], at=cast.at)
    Ticket.objects.filter(pk=ticket.pk).update(state=State.SOLVED, unread=False)
    bounce(Report(token=delivery.reply_token), by=SYSTEM, at=cast.at)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.unread) == (State.SOLVED, False)


def test_after_a_merge_the_bounce_comes_to_the_ticket_that_holds_the_answer(cast: Cast) -> None:
    ticket, delivery = answered(cast)
    other = cast.ticket("Another one")
    mark_sent([delivery.pk], at=cast.at)
    merge(ticket, other, by=cast.actor(cast.olga), at=cast.at)
    returned = bounce(Report(token=delivery.reply_token), by=SYSTEM, at=cast.at)
    assert returned
    assert returned.ticket == other
