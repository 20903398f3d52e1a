"""
Penalising: the penalties of a contract, counted anew from its breaches and written down.

Counting again changes nothing; what turns out to be no breach has no penalty any more.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.charges.events import PenaltiesCounted
from ambidesk.service.charges.models import Penalty
from ambidesk.service.charges.reading import penalty_rule
from ambidesk.service.contracts.models import Contract, FeeEvery, PenaltyRule, Version
from ambidesk.service.contracts.rules import penalties as rules

MONTHS = {FeeEvery.MONTH: 1, FeeEvery.QUARTER: 3, FeeEvery.YEAR: 12}
TOLD = ("period", "on", "late_seconds", "excuse", "amount", "cut")
Key = tuple[int, int, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A promise of a contract that was broken: on which day, by how much working time."""

    promise: int
    goal: str
    number: int
    on: date
    late_for: timedelta
    excuse: str = ""


@transaction.atomic
def count_penalties(
    contract: Contract, lates: Sequence[Late], *, since: date, by: Actor, at: datetime
) -> int:
    """
    Write the penalties of all breaches since the first day of a period; say how many changed.

    `lates` are all that there are since then.
    """
    row = Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    found = {_key(each): each for each in _counted(row, lates, at)}
    # A moved due date takes a breach into another period: it is the same breach nevertheless.
    told = Q(period__gte=since) | Q(promise__in={late.promise for late in lates})
    rows = Penalty.objects.filter(told, contract=row)
    known = {key: each for each in rows if (key := _key(each)) in found or each.period >= since}
    gone = [each.pk for key, each in known.items() if key not in found]
    new = [each for key, each in found.items() if key not in known]
    changed = []
    for key, each in found.items():
        if (old := known.get(key)) and _told(old) != _told(each):
            each.pk = old.pk
            changed.append(each)
    Penalty.objects.filter(pk__in=gone).delete()
    Penalty.objects.bulk_create(new)
    Penalty.objects.bulk_update(changed, [*TOLD, "at"])
    if number := len(gone) + len(new) + len(changed):
        event = PenaltiesCounted(contract_id=row.pk, penalties=len(found))
        journal.record(event, by=by, at=at)
        return number
    return 0


def period_of(contract: Contract, on: date) -> date:
    """Give the first day of the period of the fee in which a day lies."""
    months = MONTHS[FeeEvery(contract.fee_every)]
    gone = relativedelta(on, contract.starts_on)
    number = max(0, (gone.years * 12 + gone.months) // months)
    # From the beginning each time: a month from 31 January on must not drift to the 28th.
    while number and contract.starts_on + relativedelta(months=months * number) > on:
        number -= 1
    if contract.starts_on + relativedelta(months=months * (number + 1)) <= on:
        number += 1
    return contract.starts_on + relativedelta(months=months * number)


def _counted(contract: Contract, lates: Sequence[Late], at: datetime) -> Iterator[Penalty]:
    """Count each period by each version's rules, for a cap is of a rule in one period."""
    versions = list(contract.versions.filter(activated_at__isnull=False).order_by("starts_on"))
    of_version: dict[int, list[PenaltyRule]] = defaultdict(list)
    for row in PenaltyRule.objects.filter(version__in=versions).order_by("pk"):
        of_version[row.version_id].append(row)
    groups: dict[tuple[date, int], list[Late]] = defaultdict(list)
    for late in sorted(lates, key=lambda each: (each.on, each.promise, each.goal, each.number)):
        version = next((each for each in versions if _holds(each, late.on)), None)
        if version is not None and of_version[version.pk]:
            groups[period_of(contract, late.on), version.pk].append(late)
    fee = Money(contract.fee or Decimal(0), contract.currency)
    for (period, version_id), group in groups.items():
        clauses = [penalty_rule(each) for each in of_version[version_id]]
        breaches = [_breach(late, place) for place, late in enumerate(group)]
        for found in rules.penalties(clauses, breaches, fee=fee):
            made = _row(found, group[found.breach])
            made.contract, made.period, made.at = contract, period, at
            yield made


def _breach(late: Late, place: int) -> rules.Breach:
    return rules.Breach(
        key=place, goal=late.goal, on=late.on, late_for=late.late_for, excuse=late.excuse
    )


def _row(found: rules.Penalty, late: Late) -> Penalty:
    return Penalty(
        rule_id=found.rule,
        promise_id=late.promise,
        goal=late.goal,
        number=late.number,
        on=late.on,
        late_seconds=int(late.late_for.total_seconds()),
        excuse=found.excuse,
        amount=found.amount.amount,
        cut=found.cut.amount,
        currency=found.amount.currency,
    )


def _holds(version: Version, on: date) -> bool:
    return version.starts_on <= on and (version.until_on is None or on < version.until_on)


def _key(row: Penalty) -> Key:
    return row.rule_id, row.promise_id, row.goal, row.number


def _told(row: Penalty) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in TOLD)
