"""Arranging: service calendars and policies; a change makes a version, never changes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.calendars.spec import CalendarSpec
from ambidesk.ground.calendars.writing import written
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.sla.events import CalendarArranged, PolicyArranged
from ambidesk.service.sla.models import CalendarVersion, Policy, PolicyVersion, ServiceCalendar
from ambidesk.service.sla.rules.facts import Target
from ambidesk.service.sla.targets import require_targets, written_targets


class NameTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is “%(name)s” already.")


class StillUsed(Refusal):
    """Policies count by it."""

    sentence = _("“%(name)s” is used by a policy. Choose another calendar there first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promising:
    """What a policy says; `condition` is JSON that its holder reads, None means always."""

    name: str
    place: int
    condition: dict[str, Any] | None
    calendar: ServiceCalendar
    targets: Sequence[Target]


@transaction.atomic
def arrange_calendar(
    calendar: ServiceCalendar | None, *, name: str, spec: CalendarSpec, by: Actor, at: datetime
) -> ServiceCalendar:
    """
    Make a calendar, or give one other hours.

    Raises:
        NameTaken: another one has the name.
    """
    row: ServiceCalendar = _named(ServiceCalendar, calendar, name)
    row.changed_at = at
    row.save()
    said = written(spec)
    if calendar is None or row.current.spec != said:
        CalendarVersion.objects.create(calendar=row, spec=said, made_at=at)
    _record_calendar(row, by=by, at=at)
    return row


@transaction.atomic
def archive_calendar(calendar: ServiceCalendar, *, by: Actor, at: datetime) -> ServiceCalendar:
    """
    Put a calendar out of use, or take it up again.

    Raises:
        StillUsed: a policy counts by it.
    """
    row = turn(calendar, at=at, beside=("changed_at",))
    if row.archived_at and row.policies.filter(archived_at=None).exists():
        raise StillUsed(name=row.name)
    _record_calendar(row, by=by, at=at)
    return row


@transaction.atomic
def arrange_policy(policy: Policy | None, said: Promising, *, by: Actor, at: datetime) -> Policy:
    """
    Make a policy, or change one; what runs goes on by it from now on.

    Raises:
        NameTaken: another one has the name.
        NoTargets, TakesNoTime, WarnsTooEarly: it promises nothing, or what cannot be kept.
    """
    require_targets(said.targets)
    row: Policy = _named(Policy, policy, said.name)
    row.place, row.condition, row.calendar = said.place, said.condition, said.calendar
    row.changed_at = at
    row.save()
    targets = written_targets(said.targets)
    if policy is None or row.current.targets != targets:
        PolicyVersion.objects.create(policy=row, targets=targets, made_at=at)
    _record_policy(row, by=by, at=at)
    return row


@transaction.atomic
def archive_policy(policy: Policy, *, by: Actor, at: datetime) -> Policy:
    """Put a policy out of use, or take it up again."""
    row = turn(policy, at=at, beside=("changed_at",))
    _record_policy(row, by=by, at=at)
    return row


def _named(model: Any, known: Any, name: str) -> Any:
    row = model.objects.select_for_update().get(pk=known.pk) if known else model()
    row.name = name.strip()
    if model.objects.filter(name=row.name).exclude(pk=row.pk).exists():
        raise NameTaken(field="name", name=row.name)
    return row


def _record_calendar(row: ServiceCalendar, *, by: Actor, at: datetime) -> None:
    event = CalendarArranged(
        calendar_id=row.pk, version_id=row.current.pk, archived=row.archived_at is not None
    )
    journal.record(event, by=by, at=at)


def _record_policy(row: Policy, *, by: Actor, at: datetime) -> None:
    event = PolicyArranged(
        policy_id=row.pk, version_id=row.current.pk, archived=row.archived_at is not None
    )
    journal.record(event, by=by, at=at)
