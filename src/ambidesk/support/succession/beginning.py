"""Beginning: an absence begins, and open work goes where its entry says."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.models import Absence, Member, WorkGoes
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.parties.staff.standing_in import away_of
from ambidesk.support.routing.attending import set_status
from ambidesk.support.routing.models import Operator, Status
from ambidesk.support.succession.handing import hand_on
from ambidesk.support.succession.models import Way
from ambidesk.support.succession.planning import Target

AT_ONCE = 20


def begin_due(*, at: datetime) -> int:
    """See to absences that have begun; say how many."""
    rows = Absence.objects.of_open_accounts().filter(moved_at=None, starts_at__lte=at)
    due = rows.order_by("starts_at", "pk")
    numbers = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for number in numbers:
        _begin(number, at)
    return len(numbers)


@transaction.atomic
def _begin(number: int, at: datetime) -> None:
    rows = Absence.objects.select_for_update(of=("self",)).filter(pk=number, moved_at=None)
    absence = rows.select_related("member__user", "said_by").first()
    if absence is None:
        return
    absence.moved_at = at
    absence.save(update_fields=["moved_at"])
    if not absence.lasts(at):
        return
    if Operator.objects.filter(pk=absence.member_id).exclude(status=Status.AWAY).exists():
        set_status(absence.member, Status.AWAY, by=SYSTEM, at=at)
    target = _target(absence, at)
    if target is None:
        return
    try:
        with transaction.atomic():
            hand_on(absence.member, target, absence=absence, by=_acting(absence), at=at)
    except Refusal:
        # There was nothing open, or nobody to take it: it stays, and whoever stands in hears of it.
        return


def _target(absence: Absence, at: datetime) -> Target | None:
    """Where work goes that does not stay: to whoever stands in just then, else to the team."""
    match WorkGoes(absence.work):
        case WorkGoes.STAYS:
            return None
        case WorkGoes.TO_TEAM:
            return Target(way=Way.BACK)
        case WorkGoes.TO_DEPUTY:
            away = away_of([absence.member_id], at=at).get(absence.member_id)
            if away is None or away.stand_in is None:
                return Target(way=Way.BACK)
            deputy = Member.objects.select_related("user").get(pk=away.stand_in)
            return Target(way=Way.MEMBER, member=deputy)


def _acting(absence: Absence) -> Actor:
    """Whoever entered it, while they may hand on that work; else whose work it is."""
    if absence.said_by and absence.said_by.is_active:
        actor = actor_of(absence.said_by)
        if absence.said_by_id == absence.member.user_id or actor.may(StaffRight.KEEP_ABSENCES):
            return actor
    return actor_of(absence.member.user)
