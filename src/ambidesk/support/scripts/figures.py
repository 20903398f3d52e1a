"""
Figures of a script: of the runs begun on a version how many came to an end, and where others left.

A run that nobody moved for a day counts as left where it stands, as a stopped one does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.scripts.models import Run, RunState, Script, Version
from ambidesk.support.tickets.models import Ticket

FORGOTTEN = timedelta(days=1)


class Went(StrEnum):
    """How a run went so far."""

    FINISHED = "finished"
    LEFT = "left"
    RUNNING = "running"

    def holds(self, at: datetime) -> Q:
        """The runs that went so, at an instant."""
        forgotten = Q(moved_at__lt=at - FORGOTTEN)
        match self:
            case Went.FINISHED:
                return Q(state=RunState.FINISHED)
            case Went.LEFT:
                return Q(state=RunState.STOPPED) | Q(forgotten, state=RunState.RUNNING)
            case Went.RUNNING:
                return Q(~forgotten, state=RunState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the runs of one version went; `left` and `ended` count by the step they stand at."""

    version: Version
    begun: int = 0
    finished: int = 0
    under_way: int = 0
    left: Mapping[int, int] = field(default_factory=dict)
    ended: Mapping[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> int | None:
        """Percent of the runs that are over which came to an end; None before the first is."""
        over = self.begun - self.under_way
        return round(100 * self.finished / over) if over else None


def figures_of(script: Script, *, by: Actor, at: datetime) -> tuple[Figures, ...]:
    """Count the runs on tickets that the actor sees, by version, the newest first."""
    ways = [When(way.holds(at), then=Value(way.value)) for way in Went]
    went = Case(*ways, output_field=CharField())
    rows = runs_of(script, by=by).values("version", "at_step", went=went)
    counted: dict[int, dict[str, dict[int, int]]] = {}
    for row in rows.annotate(runs=Count("pk")).order_by():
        steps = counted.setdefault(row["version"], {}).setdefault(row["went"], {})
        steps[row["at_step"]] = row["runs"]
    versions = script.versions.select_related("published_by").order_by("-number")
    return tuple(_figures(version, counted.get(version.pk, {})) for version in versions)


def runs_of(script: Script, *, by: Actor) -> QuerySet[Run]:
    """The runs of a script on tickets that the actor sees."""
    seen = Ticket.objects.visible_to(by).values("pk")
    return Run.objects.filter(version__script=script, ticket__in=seen)


def _figures(version: Version, ways: Mapping[str, Mapping[int, int]]) -> Figures:
    sums = {way: sum(steps.values()) for way, steps in ways.items()}
    return Figures(
        version=version,
        begun=sum(sums.values()),
        finished=sums.get(Went.FINISHED, 0),
        under_way=sums.get(Went.RUNNING, 0),
        left=ways.get(Went.LEFT, {}),
        ended=ways.get(Went.FINISHED, {}),
    )
