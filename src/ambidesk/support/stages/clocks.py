"""
Clocks of stages: each stay with a deadline holds a promise of its own.

Time counts by the calendar's version of when it was entered; where the deadline says so, it
stands still while the ticket waits for others.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.service.sla.keeping import keep
from ambidesk.service.sla.rules.clocks import Clock, fold
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
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Run, Stay
from ambidesk.service.workflow.rules.plan import Deadline
from ambidesk.support.promises.reading import facts_of
from ambidesk.support.tickets.models import Ticket

OTHERS = frozenset({Stage.REQUESTER, Stage.OTHER, Stage.HOLD})


@transaction.atomic
def settle(ticket: Ticket, run: Run, *, at: datetime) -> None:
    """Write down the clocks of a run's stays as they follow from what happened; twice is once."""
    stays = list(run.stays.filter(promise__isnull=False).select_related("version"))
    if not stays:
        return
    entries = journal.entries_of_many("ticket", [ticket.pk])[ticket.pk]
    moves = [each for each in facts_of(entries, suspended=False) if isinstance(each, Moved)]
    folded = {}
    for stay in stays:
        deadline = stage_of(stay).deadline
        if deadline is not None and stay.promise_id:
            folded[stay.promise_id] = clocks_of(stay, deadline, moves=moves)
    keep(folded, at=at)


def clocks_of(stay: Stay, deadline: Deadline, *, moves: Sequence[Moved]) -> list[Clock]:
    """Fold one stay into its clock."""
    measure = measure_or_all(stay.calendar_id)
    target = Target(
        goal=Goal.RESOLUTION,
        work=deadline.work,
        pauses=OTHERS if deadline.waits else frozenset(),
        warnings=deadline.warnings,
    )
    terms = Terms(key=(0, stay.calendar_id or 0), measure=measure, targets=(target,))
    return fold(_facts(stay, terms, moves))


def _facts(stay: Stay, terms: Terms, moves: Sequence[Moved]) -> Iterator[Fact]:
    until = stay.left_at
    before = [move.stage for move in moves if move.at <= stay.entered_at]
    first = before[-1] if before else Stage.OURS
    yield Promised(at=stay.entered_at, terms=terms)
    yield Began(at=stay.entered_at, asked=False, stage=_while_here(first))
    for move in moves:
        if stay.entered_at < move.at and (until is None or move.at < until):
            yield Moved(at=move.at, stage=_while_here(move.stage))
    if until is not None:
        yield Moved(at=until, stage=Stage.ENDED)


def _while_here(stage: Stage) -> Stage:
    # A stage ends when it is left, not when somebody calls the ticket solved.
    return Stage.OURS if stage in {Stage.ENDED, Stage.SUSPENDED} else stage
