"""Fields of processes, by which conditions over tickets ask where they stand and since when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Min, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.fields import (
    Derived,
    Field,
    Instant,
    Number,
    Option,
    Reference,
    References,
)
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Team
from ambidesk.service.workflow.models import Process, Stay
from ambidesk.service.workflow.models.run import PLACES
from ambidesk.service.workflow.rules.reading import read_plan


def _processes(_actor: Actor) -> Iterable[Option]:
    rows = Process.objects.filter(published__isnull=False)
    return [Option(value=row.pk, label=str(row)) for row in rows]


def _stages(_actor: Actor) -> Iterable[Option]:
    language = get_language() or "en"
    found = []
    for row in Process.objects.filter(published__isnull=False, archived_at=None):
        for stage in read_plan(row.draft).stages:
            label = f"{row}: {stage.name.said(language)}"
            found.append(Option(value=row.pk * PLACES + stage.id, label=label))
    return found


def _teams(_actor: Actor) -> Iterable[Option]:
    return [Option(value=row.pk, label=row.name) for row in Team.objects.filter(archived_at=None)]


def _since_sql(_at: datetime) -> Combinable:
    rows = Stay.objects.filter(run=OuterRef("run_id"), left_at=None).order_by()
    return Subquery(rows.values("run").annotate(since=Min("entered_at")).values("since")[:1])


def _since(row: Any, _at: datetime) -> object:
    run = row.run
    stays = () if run is None else run.stays.all()
    return min((each.entered_at for each in stays if each.left_at is None), default=None)


STANDING: tuple[Field, ...] = (
    Reference(
        name="process",
        label=_("Process"),
        path="run__version__process_id",
        nullable=True,
        options=_processes,
    ),
    References(
        name="stage",
        label=_("Stage"),
        options=_stages,
        links=Stay,
        row="run__ticket",
        member="place",
        accessor="run__stays",
        only={"left_at": None},
    ),
    References(
        name="stage_team",
        label=_("Team in charge of the stage"),
        options=_teams,
        links=Stay,
        row="run__ticket",
        member="team_id",
        accessor="run__stays",
        only={"left_at": None},
    ),
    Instant(
        name="stage_since",
        label=_("In its stage since"),
        derived=Derived(sql=_since_sql, read=_since),
        nullable=True,
    ),
    Number(name="returns", label=_("Returns for rework"), path="run__returns", nullable=True),
)


def standing() -> tuple[Field, ...]:
    """What processes add to the vocabulary of tickets."""
    return STANDING
