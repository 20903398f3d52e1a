"""Attending: operators say whether they take work; the desk notices who went and who is back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.staff.absenting import moment_of
from ambidesk.parties.staff.models import Absence, Member
from ambidesk.support.routing.attendance import LASTS_SECONDS, present_users
from ambidesk.support.routing.events import CapacitySet, StatusSet
from ambidesk.support.routing.models import AwayBecause, Operator, Status
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.routing.telling import tell_queues

MOST_CAPACITY = 100


class NotYourStatus(NotEntitled):
    """Everybody speaks for themselves, a lead for all."""

    sentence = _("Only %(name)s or a team lead can change this.")


class StillAbsent(Refusal):
    """Who is absent does not attend."""

    sentence = _("%(name)s is absent until %(until)s. End the absence first.")


class NoSuchCapacity(InvalidInput):
    """The number makes no sense."""

    sentence = _("Choose a number from 1 to %(most)s.")


@transaction.atomic
def set_status(member: Member, status: Status, *, by: Actor, at: datetime) -> Operator:
    """
    Say whether the member takes work; nothing happens when it is so already.

    Raises:
        NotYourStatus: it is neither the actor's own nor are they a lead.
        StillAbsent: they are absent.
    """
    _require_say(member, by)
    absent = Absence.objects.of([member.pk]).at(at).first()
    if absent and status is not Status.AWAY:
        raise StillAbsent(name=member.name, until=moment_of(absent.ends_at))
    operator = _locked(member, at)
    _change(operator, status, because=None, by=by, at=at)
    return operator


@transaction.atomic
def set_capacity(member: Member, capacity: int, *, by: Actor, at: datetime) -> Operator:
    """
    Say how much weight fits the member; what they hold already stays.

    Raises:
        NotYourStatus: the actor is neither they nor a lead.
        NoSuchCapacity: the number makes no sense.
    """
    _require_say(member, by)
    if not 1 <= capacity <= MOST_CAPACITY:
        raise NoSuchCapacity(field="capacity", most=MOST_CAPACITY)
    operator = _locked(member, at)
    operator.capacity = capacity
    operator.save(update_fields=["capacity"])
    journal.record(CapacitySet(member_id=member.pk, capacity=capacity), by=by, at=at)
    _tell(operator)
    return operator


@transaction.atomic
def leave_idle(member: Member, *, by: Actor, at: datetime) -> None:
    """Note that the member has touched nothing for a while."""
    operator = _locked(member, at)
    if operator.status in {Status.ONLINE, Status.BUSY}:
        _change(operator, Status.AWAY, because=AwayBecause.IDLE, by=by, at=at)


@transaction.atomic
def come_back(member: Member, *, by: Actor, at: datetime) -> None:
    """Give a member whom the desk made away the status they had."""
    operator = _locked(member, at)
    if operator.by_itself:
        _change(operator, Status(operator.status_before), because=None, by=by, at=at)


def watch_browsers(*, at: datetime) -> int:
    """Make away whose browser is gone, and bring back who opened it again; say how many."""
    present = present_users()
    rows = Operator.objects.select_related("member")
    attending = rows.exclude(status=Status.AWAY).exclude(member__user__in=present)
    # Who has just said so may not have been reported yet.
    gone = [one for one in attending if (at - one.since).total_seconds() >= LASTS_SECONDS]
    # Who touched nothing is brought back by their own hand only.
    back = list(rows.filter(because=AwayBecause.GONE, member__user__in=present))
    return _notice(gone, at) + _welcome(back, at)


def _notice(gone: Sequence[Operator], at: datetime) -> int:
    for one in gone:
        _by_itself(one, at, is_back=False)
    return len(gone)


def _welcome(back: Sequence[Operator], at: datetime) -> int:
    for one in back:
        _by_itself(one, at, is_back=True)
    return len(back)


@transaction.atomic
def _by_itself(operator: Operator, at: datetime, *, is_back: bool) -> None:
    row = _locked(operator.member, at)
    if is_back and row.by_itself:
        _change(row, Status(row.status_before), because=None, by=SYSTEM, at=at)
    elif not is_back and row.status != Status.AWAY:
        _change(row, Status.AWAY, because=AwayBecause.GONE, by=SYSTEM, at=at)


def _require_say(member: Member, by: Actor) -> None:
    own = by.user_id is None or by.user_id == member.user_id
    if not own and not by.may(RoutingRight.LEAD):
        raise NotYourStatus(name=member.name)


def _locked(member: Member, at: datetime) -> Operator:
    Operator.objects.get_or_create(member=member, defaults={"since": at, "idle_since": at})
    return Operator.objects.select_for_update().get(pk=member.pk)


def _change(
    operator: Operator, status: Status, *, because: AwayBecause | None, by: Actor, at: datetime
) -> None:
    before = Status(operator.status)
    if before is status and operator.because == (because or ""):
        return
    operator.because = because or ""
    operator.status_before = before if because else ""
    operator.status = status
    operator.since = at
    if before is Status.AWAY:
        operator.idle_since = at
    operator.save()
    event = StatusSet(member_id=operator.pk, status=status, before=before, because=because)
    journal.record(event, by=by, at=at)
    _tell(operator)


def _tell(operator: Operator) -> None:
    member = operator.member
    tell_queues(member.teams.order_by("pk").values_list("pk", flat=True))
    signal(f"user:{member.user_id}")
