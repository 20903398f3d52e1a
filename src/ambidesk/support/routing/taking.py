"""Taking: an operator takes what is next, or the desk gives it to them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.absenting import moment_of
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing.carrying import Hands, lock_hands
from ambidesk.support.routing.claiming import (
    Claimed,
    claim,
    in_order_of_heads,
    passed_over,
    reason_of,
)
from ambidesk.support.routing.events import How
from ambidesk.support.routing.heeding import heed
from ambidesk.support.routing.models import Choice, Place, Rank, Status
from ambidesk.support.routing.telling import tell_queues
from ambidesk.support.tickets.assigning import hand_over
from ambidesk.support.tickets.models import Ticket

# How often somebody waits for what should be theirs before they take what can be had.
PATIENT = 2


class NotAttending(Refusal):
    """Who is away takes nothing."""

    sentence = _("You are away. Set yourself online first.")


class Absent(Refusal):
    """Who is absent takes nothing."""

    sentence = _("You are absent until %(until)s. End the absence first.")


class HandsFull(Refusal):
    """There is no room for more."""

    sentence = _("You hold %(load)s of %(capacity)s. Finish one first.")


class NothingWaits(Refusal):
    """The queues of the operator are empty."""

    sentence = _("Nothing waits in your queues.")


class NothingFits(Refusal):
    """What waits needs others."""

    sentence = _("What waits needs skills or room that you do not have.")


class _PassedOver(Exception):  # noqa: N818 no error: it undoes a claim that came too early
    """What should be next is being written on."""

    def __init__(self, ticket: int) -> None:
        super().__init__(ticket)
        self.ticket = ticket


def take_next(member: Member, *, by: Actor, at: datetime) -> Ticket:
    """
    Put the member in charge of what is next in the queues of their teams.

    What came back is not passed over because somebody writes on it at this moment.

    Raises:
        NotAttending, Absent: they are away.
        HandsFull: they hold as much as fits.
        NothingWaits, NothingFits: there is nothing for them.
    """
    for _each in range(PATIENT):
        try:
            return _take(member, patient=True, by=by, at=at)
        except _PassedOver as passed:
            heed(passed.ticket)
    return _take(member, patient=False, by=by, at=at)


@transaction.atomic
def _take(member: Member, *, patient: bool, by: Actor, at: datetime) -> Ticket:
    hands = lock_hands([member.pk], at=at).get(member.pk)
    if hands and hands.absent_until:
        raise Absent(until=moment_of(hands.absent_until))
    if hands is None or hands.status is Status.AWAY:
        raise NotAttending
    if hands.free <= 0:
        raise HandsFull(load=hands.load, capacity=hands.capacity)
    brands = _brands_of(by)
    for team in in_order_of_heads(hands, brands=brands, at=at):
        claimed = claim(team, hands, brands=brands, at=at)
        if patient:
            _heed(
                claimed.overlooked
                if claimed
                else passed_over(hands, [team], rank=Rank.RETURNED, brands=brands, at=at)
            )
        if claimed:
            return _hand(claimed, hands, how=How.PULLED, by=by, at=at)
    if patient:
        _heed(passed_over(hands, hands.teams, brands=brands, at=at))
    # What fits and was not given is in the hands of somebody quicker: for this one nothing waits.
    others = Place.objects.filter(team__in=hands.teams, reserved_for=None)
    fits_me = Q(needs__contained_by=sorted(hands.skills), weight__lte=hands.free)
    if others.exclude(fits_me).exists():
        raise NothingFits
    raise NothingWaits


def _heed(ticket: int | None) -> None:
    if ticket is not None:
        raise _PassedOver(ticket)


def _brands_of(by: Actor) -> list[int] | None:
    """What a key may not see it takes for nobody; None is all that the teams serve."""
    if by.kind is not ActorKind.API_KEY or by.may(ReachRight.SEE_EVERYTHING):
        return None
    return sorted(by.brands)


@transaction.atomic
def give(
    ticket: int, member: int, *, team: int, choice: Choice | None = None, at: datetime
) -> Ticket | None:
    """
    Give a waiting ticket to an operator who is online and has room; None when that is over.

    A choice is kept with it.
    """
    hands = lock_hands([member], at=at).get(member)
    if hands is None or hands.status is not Status.ONLINE or team not in hands.teams:
        return None
    claimed = claim(team, hands, ticket=ticket, at=at)
    if claimed is None:
        return None
    if choice:
        choice.save(force_insert=True)
    how = How.MATCHED if choice else How.PUSHED
    return _hand(claimed, hands, how=how, by=SYSTEM, at=at)


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
