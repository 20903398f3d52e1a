"""What is promised: service calendars and policies; a change makes a version."""

from typing import Any, Literal

from django.db.models import OuterRef, QuerySet, Subquery
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare
from ambidesk.edge.api.reaching import named
from ambidesk.edge.api.schemas import Id, Input
from ambidesk.edge.api.v1.directory import NamedOut
from ambidesk.ground.calendars.durations import read_duration
from ambidesk.ground.calendars.reading import read
from ambidesk.service.sla import arranging
from ambidesk.service.sla.models import (
    CalendarVersion,
    Policy,
    PolicyVersion,
    ServiceCalendar,
)
from ambidesk.service.sla.rights import SlaRight
from ambidesk.service.sla.rules.facts import Goal, Stage, Target
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Promises"
SEE, MANAGE = TicketRight.SEE, SlaRight.MANAGE


class NewCalendar(Input):
    """A calendar; `spec` is what `ambidesk sla due --calendar` reads."""

    name: str = Field(min_length=1, max_length=80)
    spec: dict[str, Any]


class CalendarOut(NamedOut):
    """A calendar with the hours that hold now."""

    spec: dict[str, Any]


class TargetIn(Input):
    """One goal: `work` and `warnings` are ISO 8601 durations of working time, as PT8H."""

    goal: Literal["first_response", "next_response", "resolution"]
    work: str = Field(min_length=2, max_length=40)
    pauses: list[Literal["requester", "other", "hold"]] = Field(default_factory=list, max_length=3)
    warnings: list[str] = Field(default_factory=list, max_length=5)


class NewPolicy(Input):
    """What is promised to whom; the first policy by `place` whose condition holds is taken."""

    name: str = Field(min_length=1, max_length=80)
    place: int = Field(10, ge=0, le=30_000)
    condition: dict[str, Any] | None = None
    calendar_id: Id
    targets: list[TargetIn] = Field(min_length=1, max_length=3)


class PolicyOut(NamedOut):
    """A policy in the version that holds."""

    place: int
    condition: dict[str, Any] | None
    calendar_id: int
    targets: list[dict[str, Any]]


def _calendars() -> QuerySet[ServiceCalendar]:
    """Calendars, each with the hours of the version that holds."""
    versions = CalendarVersion.objects.filter(calendar=OuterRef("pk")).order_by("-pk")
    return ServiceCalendar.objects.annotate(now=Subquery(versions.values("spec")[:1]))


def _policies() -> QuerySet[Policy]:
    """Policies, each with the targets of the version that holds."""
    versions = PolicyVersion.objects.filter(policy=OuterRef("pk")).order_by("-pk")
    return Policy.objects.annotate(now=Subquery(versions.values("targets")[:1]))


def _save_calendar(
    request: Call, row: ServiceCalendar | None, body: NewCalendar
) -> ServiceCalendar:
    spec = read(body.spec)
    return arranging.arrange_calendar(
        row, name=body.name, spec=spec, by=request.actor, at=request.at
    )


def _save_policy(request: Call, row: Policy | None, body: NewPolicy) -> Policy:
    calendars = ServiceCalendar.objects.filter(archived_at=None)
    said = arranging.Promising(
        name=body.name,
        place=body.place,
        condition=body.condition,
        calendar=named(calendars, body.calendar_id, field="calendar_id"),
        targets=[_target(each) for each in body.targets],
    )
    return arrange_ticket_policy(row, said, by=request.actor, at=request.at)


def _target(each: TargetIn) -> Target:
    return Target(
        goal=Goal(each.goal),
        work=read_duration(each.work),
        pauses=frozenset(map(Stage, each.pauses)),
        warnings=tuple(sorted(map(read_duration, each.warnings), reverse=True)),
    )


def _calendar(row: ServiceCalendar) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "is_archived": row.archived_at is not None,
        "spec": vars(row)["now"],
    }


def _policy(row: Policy) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "is_archived": row.archived_at is not None,
        "place": row.place,
        "condition": row.condition,
        "calendar_id": row.calendar_id,
        "targets": vars(row)["now"],
    }


declare(
    Noun(
        chapter=NOUN,
        path="calendars",
        name="Calendar",
        singular="a service calendar",
        plural="service calendars",
        sees=SEE,
        changes=MANAGE,
        gives=CalendarOut,
        takes=NewCalendar,
        rows=lambda _request: _calendars(),
        shown=lambda _request, row: _calendar(row),
        save=_save_calendar,
        turn=lambda request, row: arranging.archive_calendar(row, by=request.actor, at=request.at),
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="policies",
        name="Policy",
        singular="a policy",
        plural="policies: what is promised",
        sees=SEE,
        changes=MANAGE,
        gives=PolicyOut,
        takes=NewPolicy,
        rows=lambda _request: _policies(),
        shown=lambda _request, row: _policy(row),
        save=_save_policy,
        turn=lambda request, row: arranging.archive_policy(row, by=request.actor, at=request.at),
    )
)
