"""
Penalising: the penalties of a contract, counted anew from its breaches and written down.

Counting again changes nothing; what turns out to be no breach has no penalty any more.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
from ambidesk.service.charges.models import Excusal, Penalty
from ambidesk.service.charges.reading import penalty_rule
from ambidesk.service.contracts.models import Contract, FeeEvery, PenaltyRule, Version
from ambidesk.service.contracts.rules import penalties as rules

MONTHS = {FeeEvery.MONTH: 1, FeeEvery.QUARTER: 3, FeeEvery.YEAR: 12}
TOLD = ("period", "on", "late_seconds", "excuse", "amount", "cut", "excused")
Key = tuple[int, int, str, int]
Clause = tuple[str, str, str, int]
# What the clauses of a period have cost until now.
Spent = dict[tuple[date, Clause], Money]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """
    A promise of a contract that was broken: on which day, by how much working time.

    `promised` is the clause by which a stage was promised.
    """

    promise: int
    goal: str
    number: int
    on: date
    late_for: timedelta
    excuse: str = ""
    promised: str = ""


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
    known = {_key(each): each for each in _told_before(row, lates, since)}
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


def _told_before(contract: Contract, lates: Sequence[Late], since: date) -> Iterator[Penalty]:
    """
    Give what was written down about these breaches and since the day.

    A moved due date takes a breach into another period, where another version may hold: it is
    the same breach nevertheless, and what its earlier clause cost is gone.
    """
    breaches = {(late.promise, late.goal, late.number) for late in lates}
    told = Q(period__gte=since) | Q(promise__in={late.promise for late in lates})
    for row in Penalty.objects.filter(told, contract=contract):
        if row.period >= since or (row.promise_id, row.goal, row.number) in breaches:
            yield row


def _counted(contract: Contract, lates: Sequence[Late], at: datetime) -> Iterator[Penalty]:
    """
    Count each period by the rules of its versions; a cap is of a clause in one period.

    What a person excused comes last: it takes nothing of a cap that others need.
    """
    versions = list(contract.versions.filter(activated_at__isnull=False).order_by("starts_on"))
    of_version: dict[int, list[PenaltyRule]] = defaultdict(list)
    for row in PenaltyRule.objects.filter(version__in=versions).order_by("pk"):
        of_version[row.version_id].append(row)
    excused = _excused(contract)
    groups: dict[tuple[bool, date, int], list[Late]] = defaultdict(list)
    for late in sorted(lates, key=lambda each: (each.on, each.promise, each.goal, each.number)):
        place = next((n for n, each in enumerate(versions) if _holds(each, late.on)), None)
        if place is not None:
            breach = (late.promise, late.goal, late.number)
            groups[breach in excused, period_of(contract, late.on), place].append(late)
    fee = Money(contract.fee or Decimal(0), contract.currency)
    spent: Spent = {}
    for (is_excused, period, place), group in sorted(groups.items()):
        clauses = of_version[versions[place].pk]
        for made in _of_version(clauses, group, period=period, fee=fee, spent=spent):
            made.contract, made.at = contract, at
            made.excused = made.amount if is_excused else Decimal(0)
            yield made


def _excused(contract: Contract) -> set[tuple[int, str, int]]:
    rows = Excusal.objects.filter(contract=contract).order_by()
    return set(rows.values_list("promise", "goal", "number"))


def _of_version(
    rows: Sequence[PenaltyRule], group: Sequence[Late], *, period: date, fee: Money, spent: Spent
) -> Iterator[Penalty]:
    """Count the breaches of a period while one version held, and add to what its clauses cost."""
    names = _named(rows)
    before = {pk: spent[period, name] for pk, name in names.items() if (period, name) in spent}
    clauses = [penalty_rule(each) for each in rows]
    breaches = [_breach(late, place) for place, late in enumerate(group)]
    for found in rules.penalties(clauses, breaches, fee=fee, spent=before):
        key = period, names[found.rule]
        spent[key] = spent.get(key, Money.zero(fee.currency)) + found.amount
        made = _row(found, group[found.breach])
        made.period = period
        yield made


def _named(rows: Sequence[PenaltyRule]) -> Mapping[int, Clause]:
    """Know a rule again in the next version: by clause, goal, stages, place among those alike."""
    seen: dict[tuple[str, str, str], int] = defaultdict(int)
    found: dict[int, Clause] = {}
    for row in rows:
        alike = row.clause, row.goal, row.stages
        seen[alike] += 1
        found[row.pk] = *alike, seen[alike]
    return found


def _breach(late: Late, place: int) -> rules.Breach:
    return rules.Breach(
        key=place,
        goal=late.goal,
        on=late.on,
        late_for=late.late_for,
        excuse=late.excuse,
        promised=late.promised,
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
