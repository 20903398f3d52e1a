"""A version of a process as a page shows it: a picture and a table, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.ground.calendars.words import spoken
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Team
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.service.workflow.rules.plan import Plan, Stage, StageKind, Transition
from ambidesk.support.stages.sensing import field_names
from ambidesk.support.tickets.models import State

WIDTH, HEIGHT, EDGE = 168, 48, 40
LONGEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A stage where it is drawn."""

    x: int
    y: int
    name: str
    note: str
    kind: str
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A way between two stages as a path of the picture."""

    d: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stage as a row of the table."""

    name: str
    kind: str
    state: str
    who: str
    deadline: str
    checklist: tuple[str, ...]
    fields: tuple[str, ...]
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan to be read."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What plans name by id, in words."""

    teams: Mapping[int, str]
    contractors: Mapping[int, str]
    calendars: Mapping[int, str]
    fields: Mapping[str, str]

    def who(self, stage: Stage) -> str:
        """Say who is in charge of a stage."""
        said = (self.teams.get(stage.team or 0), self.contractors.get(stage.contractor or 0))
        return ", ".join(each for each in said if each)

    def deadline(self, stage: Stage) -> str:
        """Say until when it is to be left."""
        deadline = stage.deadline
        if deadline is None:
            return ""
        calendar = self.calendars.get(deadline.calendar or 0) or _("around the clock")
        return f"{spoken(deadline.work)}, {calendar}"


def names(actor: Actor) -> Names:
    """Read what plans can name."""
    contractors = Contractor.objects.visible_to(actor).select_related("company")
    return Names(
        teams=dict(Team.objects.values_list("pk", "name")),
        contractors={row.pk: str(row) for row in contractors},
        calendars=dict(ServiceCalendar.objects.values_list("pk", "name")),
        fields={key: str(label) for key, label in field_names().items()},
    )


def seen(plan: Plan, known: Names) -> PlanView:
    """Draw a plan and write its table."""
    stages = plan.stages
    return PlanView(
        width=max(480, *(each.x + WIDTH + EDGE for each in stages)),
        height=max(140, *(each.y + HEIGHT + EDGE * 2 for each in stages)),
        boxes=tuple(_box(each, plan) for each in stages),
        lines=tuple(_lines(plan)),
        rows=tuple(_row(each, plan, known) for each in stages),
    )


def name_of(stage: Stage | None) -> str:
    """Name a stage."""
    if stage is None:
        return "?"
    return stage.name.said(get_language() or "en") or f"№ {stage.id}"


def way_of(way: Transition, plan: Plan) -> str:
    """Name a way with where it leads."""
    to = ", ".join(f"“{name_of(plan.stage(each))}”" for each in way.to)
    label = way.label.said(get_language() or "en")
    return f"{label} → {to}" if label else f"→ {to}"


def _box(stage: Stage, plan: Plan) -> Box:
    name = name_of(stage)
    return Box(
        x=stage.x,
        y=stage.y,
        name=name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…",
        note=_state(stage)[:24],
        kind=stage.kind.value,
        is_first=plan.stages[0] is stage,
    )


def _lines(plan: Plan) -> list[Line]:
    found = []
    for place, way in enumerate(plan.transitions):
        source = plan.stage(way.source)
        for key in way.to:
            target = plan.stage(key)
            if source is not None and target is not None:
                kind = "rework" if way.rework else "fork" if way.forks else ""
                label = way.label.said(get_language() or "en")
                found.append(Line(d=_path(source, target, place), kind=kind, label=label))
    return found


def _path(source: Stage, target: Stage, place: int) -> str:
    # As the designer draws it: backwards around below, each a little deeper than the one before.
    x1, y1 = source.x + WIDTH, source.y + HEIGHT // 2
    x2, y2 = target.x, target.y + HEIGHT // 2
    if x2 > x1 - EDGE // 2:
        bend = max(24, (x2 - x1) // 2)
        return f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    low = max(source.y, target.y) + HEIGHT + 24 + (place % 4) * 10
    a, b = source.x + WIDTH // 2, target.x + WIDTH // 2
    return f"M{a} {source.y + HEIGHT} C{a} {low} {b} {low} {b} {target.y + HEIGHT + 2}"


def _row(stage: Stage, plan: Plan, known: Names) -> Row:
    language = get_language() or "en"
    return Row(
        name=name_of(stage),
        kind=str(StageKind(stage.kind).label),
        state=_state(stage),
        who=known.who(stage),
        deadline=known.deadline(stage),
        checklist=tuple(item.text.said(language) for item in stage.checklist),
        fields=tuple(known.fields.get(key, key) for key in stage.fields),
        ways=tuple(way_of(way, plan) for way in plan.exits(stage.id)),
    )


def _state(stage: Stage) -> str:
    return str(State(stage.state).label) if stage.state in State.values else stage.state
