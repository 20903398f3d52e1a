"""
Clocks: how long the contacts of a step are waited for, in working time.

Each approval holds a promise with one clock, which begins anew with each step; its breach, told by
the sweep of all clocks, is the silence after which the next are asked.
"""

from datetime import datetime

from ambidesk.service.sla.keeping import keep
from ambidesk.service.sla.rules.clocks import fold
from ambidesk.service.sla.rules.facts import (
    Began,
    Fact,
    Goal,
    Moved,
    Promised,
    Stage,
    Target,
    Terms,
)
from ambidesk.service.sla.terms import measure_or_all
from ambidesk.support.approvals.models import Approval


def begin_step(approval: Approval, *, at: datetime) -> None:
    """Wait for those who were asked at the instant."""
    keep({approval.promise_id: fold(_facts(approval, at))}, at=at)


def end_waiting(approval: Approval, *, at: datetime) -> None:
    """Wait for nobody any more."""
    began = approval.promise.clocks.values_list("started_at", flat=True).first()
    if began is not None:
        moved = Moved(at=max(at, began), stage=Stage.ENDED)
        keep({approval.promise_id: fold([*_facts(approval, began), moved])}, at=at)


def silence_at(approval: Approval) -> datetime | None:
    """The instant at which the next are asked; None when nobody is waited for."""
    unmet = approval.promise.clocks.filter(met_at=None)
    return unmet.values_list("due_at", flat=True).first()


def _facts(approval: Approval, at: datetime) -> list[Fact]:
    target = Target(goal=Goal.RESOLUTION, work=approval.patience, pauses=frozenset(), warnings=())
    terms = Terms(
        key=(0, approval.calendar_id or 0),
        measure=measure_or_all(approval.calendar_id),
        targets=(target,),
    )
    return [Promised(at=at, terms=terms), Began(at=at, asked=False, stage=Stage.OURS)]
