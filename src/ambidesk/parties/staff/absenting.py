"""
Absenting: absences are entered, changed and ended, by oneself or by a lead.

Whoever stands in is there at every instant of the absence, or has a stand-in of their own then.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.events import AbsenceEntered, AbsenceWithdrawn
from ambidesk.parties.staff.models import Absence, AbsenceKind, Member, WorkGoes
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.parties.staff.rules.standing_in import Span, uncovered

# Deputies are judged by the absences of others: one absence is entered at a time.
LOCK = 7_321_019
_TICK = timedelta(seconds=1)


class NotYourAbsence(NotEntitled):
    """Everybody speaks for themselves, a lead for all."""

    sentence = _("Only %(name)s or a team lead can enter this absence.")


class NeverAway(InvalidInput):
    """It ends before it begins."""

    sentence = _("The last day cannot be before the first.")


class OverAlready(InvalidInput):
    """What is past is not entered any more."""

    sentence = _("This time is over.")


class AwayTwice(InvalidInput):
    """Another absence of theirs lies in the same days."""

    sentence = _("%(name)s is already away in these days: %(when)s.")


class OwnDeputy(InvalidInput):
    """Nobody stands in for themselves."""

    sentence = _("Choose somebody else: nobody stands in for themselves.")


class DeputyGone(InvalidInput):
    """The account of the deputy is closed."""

    sentence = _("%(name)s no longer works here.")


class DeputyAway(InvalidInput):
    """The deputy is away too, and nobody stands in for them."""

    sentence = _(
        "%(name)s is away too (%(when)s), and nobody who is here stands in for them. "
        "Choose somebody else."
    )


class StandsInMeanwhile(InvalidInput):
    """Somebody who is away relies on this one, who would leave them alone."""

    sentence = _("%(name)s stands in for %(other)s (%(when)s). Name a deputy who is here then.")


class NeedsDeputy(InvalidInput):
    """Work that goes to a deputy needs one."""

    sentence = _("Name the deputy to whom the work goes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What an absence says: instants as [starts_at, ends_at)."""

    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime
    deputy: Member | None = None
    work: WorkGoes = WorkGoes.STAYS
    note: str = ""


@transaction.atomic
def enter_absence(
    member: Member, leave: Leave, *, absence: Absence | None = None, by: Actor, at: datetime
) -> Absence:
    """
    Enter when somebody is away, or change the absence given.

    Raises:
        NotYourAbsence: the actor is neither they nor a lead.
        NeverAway, OverAlready, AwayTwice: the time makes no sense.
        OwnDeputy, DeputyGone, DeputyAway, NeedsDeputy: the deputy makes no sense.
        StandsInMeanwhile: who relies on them would be left alone.
    """
    require_say(member, by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    _require_sense(member, leave, at)
    row = _as_it_stands(absence) if absence else Absence(member=member, said_by_id=by.user_id)
    goes = (row.work, row.deputy_id)
    _require_cover(member, leave, instead_of=row.pk)
    row.kind, row.work, row.note = leave.kind, leave.work, leave.note.strip()[:200]
    row.starts_at, row.ends_at, row.deputy = leave.starts_at, leave.ends_at, leave.deputy
    if leave.starts_at > at or goes != (row.work, row.deputy_id):
        # It begins once more, or work goes elsewhere: what becomes of it is seen to again.
        row.moved_at = None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        others = Absence.objects.of([member.pk]).over(leave.starts_at, leave.ends_at)
        other = others.exclude(pk=row.pk).first()
        if other is None:
            raise
        raise AwayTwice(field="starts_on", name=member.name, when=days_of(other)) from taken
    journal.record(_entered(row), by=by, at=at)
    signal(f"user:{member.user_id}")
    return row


@transaction.atomic
def end_absence(absence: Absence, *, by: Actor, at: datetime) -> None:
    """
    Withdraw an absence that has not begun; one that lasts ends now.

    Raises:
        NotYourAbsence: the actor is neither they nor a lead.
        OverAlready: it is over.
    """
    row = _as_it_stands(absence)
    require_say(row.member, by)
    if row.ends_at <= at:
        raise OverAlready
    if row.starts_at < at:
        row.ends_at = at
        row.save(update_fields=["ends_at"])
    else:
        row.delete()
    event = AbsenceWithdrawn(member_id=row.member_id, absence_id=absence.pk)
    journal.record(event, by=by, at=at)
    signal(f"user:{row.member.user_id}")


def _as_it_stands(absence: Absence) -> Absence:
    """Lock and read it again: it may have begun, or been withdrawn, since it was shown."""
    row = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    if row is None:
        raise OverAlready
    return row


def require_say(member: Member, by: Actor) -> None:
    """
    Check that the actor may speak for the member.

    Raises:
        NotYourAbsence: they may not.
    """
    own = by.user_id is None or by.user_id == member.user_id
    if not own and not by.may(StaffRight.KEEP_ABSENCES):
        raise NotYourAbsence(name=member.name)


def moment_of(instant: datetime) -> str:
    """Write the instant at which an absence ends as the day on which somebody is back."""
    return (
        localtime(instant, get_default_timezone()).strftime("%d.%m.%Y %H:%M").removesuffix(" 00:00")
    )


def days_of(span: Absence | Span) -> str:
    """Write first and last moment as days: what ends at midnight ends on the day before."""
    # Days are those of the desk, as they were typed, wherever the reader sits.
    zone = get_default_timezone()
    first, last = localtime(span.starts_at, zone), localtime(span.ends_at - _TICK, zone)
    return first.strftime("%d.%m") + "–" + last.strftime("%d.%m.%Y")


def _require_sense(member: Member, leave: Leave, at: datetime) -> None:
    if leave.ends_at <= leave.starts_at:
        raise NeverAway(field="ends_on")
    if leave.ends_at <= at:
        raise OverAlready(field="ends_on")
    if leave.deputy is None:
        if leave.work is WorkGoes.TO_DEPUTY:
            raise NeedsDeputy(field="deputy")
        return
    if leave.deputy.pk == member.pk:
        raise OwnDeputy(field="deputy")
    if not leave.deputy.is_active:
        raise DeputyGone(field="deputy", name=leave.deputy.name)


def _require_cover(member: Member, leave: Leave, *, instead_of: int | None) -> None:
    rows = Absence.objects.of_open_accounts().over(leave.starts_at, leave.ends_at)
    spans: dict[int, list[Span]] = defaultdict(list)
    for row in (
        rows.exclude(member=member).exclude(pk=instead_of or 0).select_related("member__user")
    ):
        spans[row.member_id].append(_span(row))
    own = Span(
        member=member.pk,
        starts_at=leave.starts_at,
        ends_at=leave.ends_at,
        deputy=leave.deputy.pk if leave.deputy else None,
    )
    gap = uncovered(own, spans)
    if gap and leave.deputy:
        raise DeputyAway(field="deputy", name=leave.deputy.name, when=days_of(gap))
    _require_nobody_left_alone(member, own, spans)


def _require_nobody_left_alone(member: Member, own: Span, spans: dict[int, list[Span]]) -> None:
    """Those who rely on this one, straight or by a chain, keep somebody who is there."""
    whole = {**spans, member.pk: [own]}
    relying = [span for each in spans.values() for span in each if span.deputy is not None]
    for span in relying:
        without = {**spans, member.pk: []}
        if uncovered(span, without) is None and uncovered(span, whole) is not None:
            other = Member.objects.select_related("user").get(pk=span.member)
            raise StandsInMeanwhile(
                field="deputy", name=member.name, other=other.name, when=days_of(span)
            )


def _span(row: Absence) -> Span:
    return Span(
        member=row.member_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        deputy=row.deputy_id,
    )


def _entered(row: Absence) -> AbsenceEntered:
    return AbsenceEntered(
        member_id=row.member_id,
        absence_id=row.pk,
        deputy_id=row.deputy_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
