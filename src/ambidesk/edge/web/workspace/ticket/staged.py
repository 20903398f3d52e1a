"""What a ticket's page shows of its process: the path, where it stands, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from ambidesk.edge.web.ui.staging import Mark, marks_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Run, Stay
from ambidesk.support.stages.explaining import reasons_of
from ambidesk.support.stages.knowing import WayOut, in_words, ways_out
from ambidesk.support.stages.planning import NOTHING, Planned, planned_of
from ambidesk.support.stages.sensing import field_names
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the checklist."""

    id: int
    text: str
    done: bool
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A step as a button; `lacks` says what is missing, nothing where it may be taken."""

    id: int
    label: str
    lacks: str
    reasoned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A stage where the ticket stands."""

    stage: int
    name: str
    team: str
    due_at: datetime | None
    lines: tuple[Line, ...]
    fields: tuple[str, ...]
    ways: tuple[Way, ...]
    waits: bool
    # The last day that was planned for it, and whether that is over.
    ends_on: date | None = None
    is_late: bool = False
    # Why it is due when it is, in sentences.
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StripView:
    """The process of a ticket."""

    name: str
    number: int
    marks: tuple[Mark, ...]
    here: tuple[Here, ...]
    returns: int


def read_strip(ticket: Ticket, *, by: Actor, at: datetime) -> StripView | None:
    """Read the process of a ticket, if it goes by one."""
    if ticket.run_id is None:
        return None
    run = Run.objects.select_related("version__process").get(pk=ticket.run_id)
    rows = run.stays.select_related("version", "team").prefetch_related("ticks")
    unmet = Q(promise__clocks__met_at=None)
    stays = list(rows.annotate(due_at=Min("promise__clocks__due_at", filter=unmet)).order_by("pk"))
    standing = [each for each in stays if each.left_at is None]
    plan = run.version.plan
    out = () if run.is_over else ways_out(ticket, plan, stays=standing, by=by, at=at)
    planned, today = planned_of(run), timezone.localdate(at)
    why = reasons_of(ticket, standing)
    names = field_names() if any(each.lack.fields for each in out) else {}
    return StripView(
        name=str(run.version.process),
        number=run.version.number,
        marks=marks_of(plan, stays, at=at),
        here=tuple(
            replace(
                _here(stay, out, names),
                why=why.get(stay.pk, ()),
                **_days(planned.get(stay.stage, NOTHING), today),
            )
            for stay in standing
        ),
        returns=run.returns,
    )


def _days(planned: Planned, today: date) -> Mapping[str, Any]:
    late = planned.ends_on is not None and planned.ends_on < today
    return {"ends_on": planned.ends_on, "is_late": late}


def _here(stay: Stay, out: tuple[WayOut, ...], names: Mapping[str, str | Promise]) -> Here:
    language, stage = get_language() or "en", stage_of(stay)
    ticked = {tick.item for tick in stay.ticks.all()}
    ways = [each for each in out if each.stay.pk == stay.pk]
    missing = dict.fromkeys(key for each in ways for key in each.lack.fields)
    return Here(
        stage=stay.stage,
        name=stage.name.said(language),
        team=stay.team.name if stay.team else "",
        due_at=vars(stay)["due_at"],
        lines=tuple(
            Line(
                id=item.id,
                text=item.text.said(language),
                done=item.id in ticked,
                required=item.required,
            )
            for item in (() if stay.waits_from is not None else stage.checklist)
        ),
        fields=tuple(str(names.get(key, key)) for key in missing),
        ways=tuple(
            Way(
                id=each.way.id,
                label=each.way.label.said(language),
                lacks=in_words(each.lack, names),
                reasoned=each.way.reasoned,
            )
            for each in ways
        ),
        waits=stay.waits_from is not None,
    )
