"""
Penalising: broken promises of a contract, of tickets and of their stages, become penalties.

A stage is late by what the contract promises for it: what the process says alone costs nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import structlog
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError
from django.db.models import Min, Q, QuerySet

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.models import Penalty
from ambidesk.service.charges.penalising import Late, count_penalties, period_of
from ambidesk.service.contracts.models import (
    Contract,
    PenalisedKind,
    PenaltyRule,
    StagePromise,
)
from ambidesk.service.workflow.models import Stay
from ambidesk.support.promises.breaching import (
    AT_ONCE,
    broken,
    decisions_of,
    end_of,
    held_at,
    late_of,
    lates_of,
    morning_of,
    stops_of,
    tickets_of,
)
from ambidesk.support.stages.clocks import clocks_by_stay

log = structlog.get_logger(__name__)
DAY = timedelta(days=1)
# A year's period and the one before it.
LONGEST = relativedelta(months=12)


def penalise(contract: Contract, *, by: Actor, at: datetime, whole: bool = False) -> int:
    """
    Count the penalties of a contract for its last two periods, or for all of its time.

    What broke earlier and still runs, or was mended since, is counted with its period. Give how
    many are others than before.
    """
    since = contract.starts_on if whole else _since(contract, at=at)
    lates = [*lates_of(contract, since=since, at=at), *stages_late(contract, since=since, at=at)]
    return count_penalties(contract, lates, since=since, by=by, at=at)


def penalise_due(*, by: Actor, at: datetime) -> int:
    """Count the penalties of all contracts that have a clause for them; say how many changed."""
    today = day_of(at)
    rows = Contract.objects.filter(
        Q(until_on=None) | Q(until_on__gt=today - LONGEST),
        versions__penalties__isnull=False,
        versions__activated_at__isnull=False,
    )
    changed = 0
    for row in rows.distinct().order_by("pk"):
        try:
            changed += penalise(row, by=by, at=at)
        except DatabaseError:
            # The other contracts are counted all the same; this one again in an hour.
            log.exception("penalties-failed", contract=row.pk)
    return changed


def stages_late(contract: Contract, *, since: date, at: datetime) -> Iterator[Late]:
    """Fold the stays of the contract's tickets whose promised time fell due since a day."""
    rules = PenaltyRule.objects.filter(version__contract=contract, goal=PenalisedKind.STAGE)
    if not rules.exists():
        return
    late = broken(at).filter(due_at__gte=morning_of(since))
    rows = _stays(contract).filter(promise__in=late.values("promise"))
    stays = list(rows.select_related("version", "run__ticket").order_by("run", "pk"))
    promised = StagePromise.objects.filter(version__contract=contract)
    clauses = dict(promised.values_list("pk", "clause"))
    for place in range(0, len(stays), AT_ONCE):
        yield from _late(contract, stays[place : place + AT_ONCE], clauses, since=since, at=at)


def _late(
    contract: Contract, stays: list[Stay], clauses: dict[int, str], *, since: date, at: datetime
) -> Iterator[Late]:
    entries = journal.entries_of_many("ticket", {stay.run.ticket.pk for stay in stays})
    decided, stops, until = decisions_of(entries), stops_of(contract), end_of(contract, at)
    for stay in stays:
        ticket = stay.run.ticket.pk
        for clock in clocks_by_stay([stay], entries[ticket])[stay.pk]:
            # What the process alone says has no key.
            clause = clauses.get(clock.terms.key[0])
            found = late_of(stay.promise_id or 0, clock, stops=stops, at=at, until=until)
            if clause is None or found is None or clock.due_at is None or found.on < since:
                continue
            stood = held_at(decided[ticket], clock.due_at)
            if stood and stood.contract_id == contract.pk:
                yield replace(found, goal=PenalisedKind.STAGE.value, promised=clause)


def _stays(contract: Contract) -> QuerySet[Stay]:
    """Give stays of all tickets that can have been the contract's when they fell due."""
    counted = Penalty.objects.filter(contract=contract, goal=PenalisedKind.STAGE).order_by()
    ours = Q(run__ticket__company=contract.company_id) | Q(promise__in=counted.values("promise"))
    return Stay.objects.filter(ours, run__ticket__isnull=False)


def _since(contract: Contract, *, at: datetime) -> date:
    """Give the first period in which a penalty may be another one than when it was counted."""
    current = period_of(contract, day_of(at))
    first = period_of(contract, current - DAY)
    morning = morning_of(first)
    recent = Q(met_at=None) | Q(met_at__gte=morning) | Q(due_at__gte=morning)
    clocks = broken(at).filter(recent)
    of_tickets = tickets_of(contract).filter(promise__in=clocks.values("promise"))
    of_stays = _stays(contract).filter(promise__in=clocks.values("promise")).order_by()
    ours = Q(promise__in=of_tickets.values("promise")) | Q(promise__in=of_stays.values("promise"))
    due_at = clocks.filter(ours).aggregate(first=Min("due_at"))["first"]
    told = Penalty.objects.filter(ours, contract=contract)
    # A due day that moves frees in the period where it was what others may then cost.
    counted = told.order_by().aggregate(first=Min("period"))["first"]
    due = due_at and period_of(contract, day_of(due_at))
    return min(each for each in (first, due, counted) if each is not None)
