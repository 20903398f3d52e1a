"""
Clocks of stages: each stay with a deadline holds a promise of its own.

What the contract promises goes before the deadline of the process. Time counts by the calendar's
version of when it was chosen; where the deadline says so, it stands still while the ticket waits
for others.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.contracts.rules.staging import StagePromised
from ambidesk.service.sla.keeping import keep, make_promises
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
from ambidesk.support.promises.reading import facts_of
from ambidesk.support.stages.agreed import Choice, agreed_for, calendar_for, choices_of
from ambidesk.support.stages.events import StageTermsChosen
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record

OTHERS = frozenset({Stage.REQUESTER, Stage.OTHER, Stage.HOLD})


@transaction.atomic
def settle(ticket: Ticket, run: Run, *, at: datetime) -> None:
    """Write down the clocks of a run's stays as they follow from what happened; twice is once."""
    stays = list(run.stays.select_related("version"))
    standing = [stay for stay in stays if stay.left_at is None and stay.waits_from is None]
    agreed = agreed_for(ticket, standing)
    if not agreed and not any(stay.promise_id for stay in stays):
        return
    entries = journal.entries_of_many("ticket", [ticket.pk])[ticket.pk]
    if _choose(ticket, standing, agreed, entries, at=at):
        entries = journal.entries_of_many("ticket", [ticket.pk])[ticket.pk]
    folded = clocks_by_stay(stays, entries)
    keep({stay.promise_id: folded[stay.pk] for stay in stays if stay.promise_id}, at=at)


def clocks_by_stay(stays: Sequence[Stay], entries: Sequence[Entry]) -> dict[int, list[Clock]]:
    """Fold stays into their clocks, of the entries of their ticket, oldest first."""
    moves = [each for each in facts_of(entries, suspended=False) if isinstance(each, Moved)]
    chosen = choices_of(entries)
    return {
        stay.pk: fold(_facts(stay, _terms(stay, chosen.get(stay.pk, ())), moves)) for stay in stays
    }


def _choose(
    ticket: Ticket,
    standing: Sequence[Stay],
    agreed: Mapping[int, StagePromised],
    entries: Sequence[Entry],
    *,
    at: datetime,
) -> bool:
    """Write down what the contract promises where that changed; say whether it did anywhere."""
    chosen, changed = choices_of(entries), False
    for stay in standing:
        before = next((each.promise for each in reversed(chosen.get(stay.pk, ()))), None)
        promise = agreed.get(stay.pk)
        if promise == before:
            continue
        if stay.promise is None:
            stay.promise = make_promises(1, at=at)[0]
            stay.save(update_fields=["promise"])
        event = StageTermsChosen(
            ticket_id=ticket.pk,
            run_id=stay.run_id,
            version_id=stay.version_id,
            stay_id=stay.pk,
            promise_id=promise.key if promise else None,
            calendar_version_id=calendar_for(ticket, promise) if promise else None,
        )
        record(event, ticket, by=SYSTEM, at=at)
        changed = True
    return changed


def _terms(stay: Stay, choices: Sequence[Choice]) -> list[Promised]:
    """Say what holds for a stay, and since when; the first choice from when it was entered."""
    own = _own(stay)
    if not choices:
        return [Promised(at=stay.entered_at, terms=own)]
    since = [stay.entered_at, *(max(each.at, stay.entered_at) for each in choices[1:])]
    return [
        Promised(at=at, terms=_agreed(each.promise, each.calendar) if each.promise else own)
        for at, each in zip(since, choices, strict=True)
    ]


def _own(stay: Stay) -> Terms | None:
    deadline = None if stay.waits_from is not None else stage_of(stay).deadline
    if deadline is None:
        return None
    target = _target(deadline.work, deadline.warnings, waits=deadline.waits)
    measure = measure_or_all(stay.calendar_id)
    return Terms(key=(0, stay.calendar_id or 0), measure=measure, targets=(target,))


def _agreed(promise: StagePromised, calendar: int | None) -> Terms:
    target = _target(promise.work, promise.warnings, waits=promise.waits)
    measure = measure_or_all(calendar)
    return Terms(key=(promise.key, calendar or 0), measure=measure, targets=(target,))


def _target(work: timedelta, warnings: tuple[timedelta, ...], *, waits: bool) -> Target:
    pauses = OTHERS if waits else frozenset()
    return Target(goal=Goal.RESOLUTION, work=work, pauses=pauses, warnings=warnings)


def _facts(stay: Stay, terms: Sequence[Promised], moves: Sequence[Moved]) -> Iterator[Fact]:
    until = stay.left_at
    before = [move.stage for move in moves if move.at <= stay.entered_at]
    first = before[-1] if before else Stage.OURS
    yield terms[0]
    yield Began(at=stay.entered_at, asked=False, stage=_while_here(first))
    here: list[Moved | Promised] = [
        *terms[1:],
        *(
            Moved(at=move.at, stage=_while_here(move.stage))
            for move in moves
            if stay.entered_at < move.at
        ),
    ]
    yield from sorted(
        (fact for fact in here if until is None or fact.at < until), key=lambda fact: fact.at
    )
    if until is not None:
        yield Moved(at=until, stage=Stage.ENDED)


def _while_here(stage: Stage) -> Stage:
    # A stage ends when it is left, not when somebody calls the ticket solved.
    return Stage.OURS if stage in {Stage.ENDED, Stage.SUSPENDED} else stage
