"""Taking: an operator takes what is next, or the desk gives it to them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing.carrying import Hands, lock_hands
from ambidesk.support.routing.claiming import Claimed, claim, in_order_of_heads, reason_of
from ambidesk.support.routing.events import How
from ambidesk.support.routing.models import Place, Status
from ambidesk.support.routing.telling import tell_queues
from ambidesk.support.tickets.assigning import hand_over
from ambidesk.support.tickets.models import Ticket


class NotAttending(Refusal):
    """Who is away takes nothing."""

    sentence = _("You are away. Set yourself online first.")


class HandsFull(Refusal):
    """There is no room for more."""

    sentence = _("You hold %(load)s of %(capacity)s. Finish one first.")


class NothingWaits(Refusal):
    """The queues of the operator are empty."""

    sentence = _("Nothing waits in your queues.")


class NothingFits(Refusal):
    """What waits needs others."""

    sentence = _("What waits needs skills or room that you do not have.")


@transaction.atomic
def take_next(member: Member, *, by: Actor, at: datetime) -> Ticket:
    """
    Put the member in charge of what is next in the queues of their teams.

    Raises:
        NotAttending: they are away.
        HandsFull: they hold as much as fits.
        NothingWaits, NothingFits: there is nothing for them.
    """
    hands = lock_hands([member.pk], at=at).get(member.pk)
    if hands is None or hands.status is Status.AWAY:
        raise NotAttending
    if hands.free <= 0:
        raise HandsFull(load=hands.load, capacity=hands.capacity)
    for team in in_order_of_heads(hands.teams):
        claimed = claim(team, hands, at=at)
        if claimed:
            return _hand(claimed, hands, how=How.PULLED, by=by, at=at)
    # What fits and was not given is in the hands of somebody quicker: for this one nothing waits.
    others = Place.objects.filter(team__in=hands.teams, reserved_for=None)
    fits_me = Q(needs__contained_by=sorted(hands.skills), weight__lte=hands.free)
    if others.exclude(fits_me).exists():
        raise NothingFits
    raise NothingWaits


@transaction.atomic
def give(ticket: int, member: int, *, team: int, at: datetime) -> Ticket | None:
    """Give a waiting ticket to an operator who is online and has room; None when that is over."""
    hands = lock_hands([member], at=at).get(member)
    if hands is None or hands.status is not Status.ONLINE or team not in hands.teams:
        return None
    claimed = claim(team, hands, ticket=ticket, at=at)
    return _hand(claimed, hands, how=How.PUSHED, by=SYSTEM, at=at) if claimed else None


def _hand(claimed: Claimed, hands: Hands, *, how: How, by: Actor, at: datetime) -> Ticket:
    ticket = hand_over(
        claimed.ticket,
        assignee_id=hands.member,
        team_id=claimed.ticket.team_id,
        reason=reason_of(claimed, hands, how=how, at=at),
        by=by,
        at=at,
    )
    tell_queues([claimed.ticket.team_id])
    return ticket
