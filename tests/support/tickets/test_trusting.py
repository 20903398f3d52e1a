"""Suspended tickets and addresses in copy are let in by a person."""

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Participant, ParticipantRole
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_ticket
from ambidesk.support.tickets.rules.suspension import SuspendedFor
from ambidesk.support.tickets.trusting import (
    NotInCopy,
    NotSuspended,
    accept_party,
    lift_suspension,
)
from tests.cast import Cast


def suspended(cast: Cast) -> Ticket:
    opening = Opening(
        brand=cast.shop,
        requester=cast.anna,
        subject="Strange",
        message=cast.write(),
        channel=cast.shop_mail,
        suspended_for=SuspendedFor.FOREIGN_TOKEN,
    )
    return open_ticket(opening, by=SYSTEM, at=cast.at)


def test_a_suspended_ticket_says_why_until_somebody_lets_it_in(cast: Cast) -> None:
    ticket = suspended(cast)
    assert ticket.suspended
    assert ticket.get_suspended_for_display() == SuspendedFor.FOREIGN_TOKEN.label
    ticket = lift_suspension(ticket, by=cast.actor(cast.olga), at=cast.at)
    assert (ticket.suspended, ticket.suspended_for) == (False, "")


def test_what_is_not_suspended_is_not_let_in_again(cast: Cast) -> None:
    with pytest.raises(NotSuspended):
        lift_suspension(cast.ticket(), by=cast.actor(cast.olga), at=cast.at)


def test_somebody_in_copy_takes_part_once_accepted(cast: Cast) -> None:
    ticket = cast.ticket(copied=(cast.boris,))
    accept_party(ticket, cast.boris, by=cast.actor(cast.olga), at=cast.at)
    assert Participant.objects.get(identity=cast.boris).role == ParticipantRole.ACCEPTED
    with pytest.raises(NotInCopy):
        accept_party(ticket, cast.boris, by=cast.actor(cast.olga), at=cast.at)


def test_nobody_becomes_a_party_who_was_not_in_copy(cast: Cast) -> None:
    with pytest.raises(NotInCopy):
        accept_party(cast.ticket(), cast.boris, by=cast.actor(cast.olga), at=cast.at)
