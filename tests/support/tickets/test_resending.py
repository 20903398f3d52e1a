"""What failed can be sent again, once its reason is mended."""

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Channel, Delivery, DeliveryState, Trouble
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.delivering import Setback, mark_sent, refuse
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.recording import AlreadyClosed
from ambidesk.support.tickets.resending import HasNotFailed, send_again
from ambidesk.support.tickets.ways import channel_for
from tests.cast import Cast


def failed(cast: Cast) -> tuple[Ticket, Delivery]:
    ticket = cast.ticket()
    said = Answer(text="On its way.", to=(cast.anna,), due_at=cast.at)
    message = answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    delivery = Delivery.objects.get(message=message)
    refuse([Setback(delivery_id=delivery.pk, trouble=Trouble.REJECTED)], by=SYSTEM, at=cast.at)
    return ticket, delivery


def test_a_refused_answer_goes_out_again_and_its_problem_is_over(cast: Cast) -> None:
    ticket, delivery = failed(cast)
    row = send_again(ticket, delivery, by=cast.actor(cast.olga), at=cast.at)
    ticket.refresh_from_db()
    assert (row.state, row.due_at, row.words) == (DeliveryState.WAITING, cast.at, "")
    assert (ticket.state, ticket.unread) == (State.WAITING_REQUESTER, False)
    assert not Problem.objects.filter(solved_at=None).exists()
    assert entries_of("ticket", ticket.pk)[-1].kind == "tickets.delivery_retried"


def test_what_is_on_its_way_or_has_arrived_is_not_sent_again(cast: Cast) -> None:
    ticket, delivery = failed(cast)
    other, _delivery = failed(cast)
    with pytest.raises(HasNotFailed):
        send_again(other, delivery, by=SYSTEM, at=cast.at)
    send_again(ticket, delivery, by=SYSTEM, at=cast.at)
    with pytest.raises(HasNotFailed):
        send_again(ticket, delivery, by=SYSTEM, at=cast.at)
    mark_sent([delivery.pk], at=cast.at)
    with pytest.raises(HasNotFailed):
        send_again(ticket, delivery, by=SYSTEM, at=cast.at)


def test_on_a_closed_ticket_nothing_is_sent_again(cast: Cast) -> None:
    ticket, delivery = failed(cast)
    close(ticket, by=SYSTEM, at=cast.at)
    with pytest.raises(AlreadyClosed):
        send_again(ticket, delivery, by=SYSTEM, at=cast.at)


def test_a_ticket_whose_channel_is_out_of_use_is_answered_by_another_of_its_brand(
    cast: Cast,
) -> None:
    ticket = cast.ticket()
    Channel.objects.filter(pk=cast.shop_mail.pk).update(enabled=False)
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert channel_for(ticket, [cast.anna]) == cast.shop_mail
    other = Channel.objects.create(
        kind="email", brand=cast.shop, name="Second", address="second@polka.example"
    )
    assert channel_for(ticket, [cast.anna]) == other
