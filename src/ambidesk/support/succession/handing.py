"""Handing: all open work of somebody goes on; seen beforehand, and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Absence, Member
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.parties.staff.standing_in import away_of
from ambidesk.support.desk.batches.applying import apply_steps
from ambidesk.support.desk.batches.beginning import begin
from ambidesk.support.desk.batches.counting import Report, reports_on
from ambidesk.support.desk.batches.ending import NothingToUndo, undo
from ambidesk.support.succession.events import WorkHandedOn, WorkTakenBack
from ambidesk.support.succession.models import Succession, Way
from ambidesk.support.succession.planning import Plan, Target, planned

# Refusals are tried out, and rolled back, on so many tickets of a plan.
TRIED = 200


class NotYourWork(NotEntitled):
    """Everybody hands on their own work, a lead that of all."""

    sentence = _("Only %(name)s or a team lead can hand on this work.")


class NothingOpen(Refusal):
    """They hold nothing that you see."""

    sentence = _("%(name)s holds no open ticket that you see.")


class NobodyNamed(InvalidInput):
    """The way asks for somebody."""

    sentence = _("Say to whom it goes.")


class ToThemselves(InvalidInput):
    """Work does not go to whom it comes from."""

    sentence = _("Choose somebody else: it is theirs already.")


class SuccessorAway(InvalidInput):
    """Whoever is away gets no work handed on."""

    sentence = _("%(name)s is away. Choose somebody who is here.")


class NobodyFound(Refusal):
    """None of the tickets found somebody."""

    sentence = _("Nobody who is here has the skills for these tickets. Choose another way.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A plan with what its first tickets refuse, by their numbers."""

    plan: Plan
    refused: Sequence[tuple[int, str]] = field(default=())


@transaction.atomic
def hand_on(
    member: Member,
    target: Target,
    *,
    absence: Absence | None = None,
    by: Actor,
    at: datetime,
) -> Succession:
    """
    Let all open work of the member go on that the actor sees; what refuses stays and is named.

    Raises:
        NotYourWork: the actor is neither they nor a lead.
        NobodyNamed, ToThemselves, SuccessorAway: it cannot go there.
        NothingOpen, NobodyFound: there is nothing to hand on, or nobody to take it.
        MayNotStep: the actor may not change tickets.
    """
    plan = _plan(member, target, by=by, at=at)
    row = Succession.objects.create(
        member=member,
        way=target.way,
        to_member=target.member if target.way is Way.MEMBER else None,
        to_team=target.team if target.way is Way.TEAM else None,
        absence=absence,
        by_id=by.user_id or 0,
        at=at,
        left=list(plan.left),
    )
    for part in plan.parts:
        row.batches.add(begin([part.step], part.numbers, by=by, at=at))
    event = WorkHandedOn(
        member_id=member.pk,
        succession_id=row.pk,
        way=target.way,
        total=plan.total,
        left=len(plan.left),
    )
    journal.record(event, by=by, at=at)
    return row


@transaction.atomic
def preview(member: Member, target: Target, *, by: Actor, at: datetime) -> Preview:
    """
    Say what would go to whom, and which tickets would refuse: it is tried, and rolled back.

    Raises:
        The refusals of `hand_on`.
    """
    plan = _plan(member, target, by=by, at=at)
    refused: list[tuple[int, str]] = []
    left = TRIED
    for part in plan.parts:
        numbers, left = part.numbers[:left], max(left - len(part.numbers), 0)
        if not numbers:
            break
        point = transaction.savepoint()
        tried = apply_steps([part.step], numbers, by=by, at=at)
        transaction.savepoint_rollback(point)
        refused += [(number, str(refusal)) for number, refusal in sorted(tried.refused.items())]
    return Preview(plan=plan, refused=tuple(refused))


@transaction.atomic
def take_back(succession: Succession, *, by: Actor, at: datetime) -> None:
    """
    Undo a handover, as far as nobody changed its tickets since.

    Raises:
        NotYourWork: the actor is neither whose work it was nor a lead.
        NothingToUndo, StillUnderWay: there is nothing to undo, or not yet.
    """
    row = Succession.objects.select_for_update().get(pk=succession.pk)
    require_say(row.member, by)
    undone = 0
    for batch in row.batches.order_by("pk"):
        try:
            undo(batch, by=by, at=at)
        except NothingToUndo:
            continue
        undone += 1
    if not undone:
        raise NothingToUndo
    journal.record(WorkTakenBack(member_id=row.member_id, succession_id=row.pk), by=by, at=at)


def reports_of(rows: QuerySet[Succession]) -> Mapping[int, list[Report]]:
    """Read what came of each part of these handovers so far, in as many questions as for one."""
    parts = {row.pk: list(row.batches.all()) for row in rows.prefetch_related("batches")}
    every = [batch for batches in parts.values() for batch in batches]
    told = {report.batch.pk: report for report in reports_on(every)}
    return {
        key: [told[batch.pk] for batch in sorted(batches, key=lambda each: each.pk)]
        for key, batches in parts.items()
    }


def require_say(member: Member, by: Actor) -> None:
    """
    Check that the actor may hand on the work of the member.

    Raises:
        NotYourWork: they may not.
    """
    if by.user_id is None or (
        by.user_id != member.user_id and not by.may(StaffRight.KEEP_ABSENCES)
    ):
        raise NotYourWork(name=member.name)


def _plan(member: Member, target: Target, *, by: Actor, at: datetime) -> Plan:
    require_say(member, by)
    if target.way is Way.MEMBER:
        if target.member is None:
            raise NobodyNamed(field="to_member")
        if target.member.pk == member.pk:
            raise ToThemselves(field="to_member")
        if away_of([target.member.pk], at=at):
            raise SuccessorAway(field="to_member", name=target.member.name)
    if target.way is Way.TEAM and target.team is None:
        raise NobodyNamed(field="to_team")
    plan = planned(member, target, by=by, at=at)
    if not plan.parts:
        raise NobodyFound if plan.left else NothingOpen(name=member.name)
    return plan
