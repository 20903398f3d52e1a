"""
Breaking down: figures of a period by company, site, contract and the like, from facts.

The most first, so many of them, the others in one sum; money of each currency by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Sum, Value, When

from ambidesk.across.insight.dimensions import key_of
from ambidesk.across.insight.models.fact import FactQuerySet
from ambidesk.across.insight.questions import By, Question
from ambidesk.across.insight.reading import BUCKET, facts_asked
from ambidesk.across.insight.rules.facts import FactKind
from ambidesk.across.insight.rules.measures import NOTHING, Tallies, Tally
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import Actor

# What a report tells; the rest is told on the page of figures.
TOLD = (
    FactKind.OPENED,
    FactKind.FIRST_RESPONSE,
    FactKind.SOLVED,
    FactKind.PROMISED,
    FactKind.ANSWER_WORKED,
    FactKind.SOLVE_WORKED,
    FactKind.STAGE,
    FactKind.LABOUR,
    FactKind.COST,
    FactKind.CSAT,
)
CENTS = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Sums of facts, and what was spent, an amount a currency."""

    tallies: Tallies = field(default_factory=dict)
    money: tuple[Money, ...] = ()

    @property
    def number(self) -> int:
        """How many facts it is made of."""
        return sum(tally.number for tally in self.tallies.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """Sums by key, the most first; of none of them, of all others, and of everything."""

    lines: tuple[tuple[int, Told], ...]
    nobody: Told
    others: Told
    whole: Told


class _Sums:
    """Sums that are put together row by row."""

    def __init__(self) -> None:
        self._tallies: dict[FactKind, Tally] = {}
        self._cents: dict[str, int] = defaultdict(int)

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row of a sum."""
        kind = FactKind(row["kind"])
        tally = Tally(
            number=row["numbers"],
            flagged=row["flags"],
            total=row["totals"],
            steps={row["bucket"]: row["numbers"]},
        )
        self._tallies[kind] = self._tallies.get(kind, NOTHING) + tally
        if kind is FactKind.COST:
            self._cents[row["currency"]] += row["totals"]

    @property
    def told(self) -> Told:
        """What came out."""
        money = (Money(cents / CENTS, code) for code, cents in sorted(self._cents.items()))
        return Told(tallies=self._tallies, money=tuple(money))


NOBODY, OTHERS = -1, -2


def told(question: Question, *, actor: Actor) -> Told:
    """Sum up everything that is asked for."""
    found = _Sums()
    for row in _summed(_facts(question, actor), ()):
        found.add(row)
    return found.told


def break_down(question: Question, by: By, *, actor: Actor, most: int) -> Breakdown:
    """Sum up by a dimension: the keys with most tickets by themselves, the others together."""
    rows = _facts(question, actor).annotate(key=key_of(question, by))
    keys = _top(rows, by, most)
    group = Case(
        When(key=None, then=Value(NOBODY)),
        When(key__in=keys, then=F("key")),
        default=Value(OTHERS),
        output_field=BigIntegerField(),
    )
    parts: dict[int, _Sums] = defaultdict(_Sums)
    whole = _Sums()
    for row in _summed(rows.annotate(group=group), ("group",)):
        parts[row["group"]].add(row)
        whole.add(row)
    return Breakdown(
        lines=tuple((key, parts[key].told) for key in keys if key in parts),
        nobody=parts[NOBODY].told,
        others=parts[OTHERS].told,
        whole=whole.told,
    )


def _facts(question: Question, actor: Actor) -> FactQuerySet:
    kinds = [kind.value for kind in TOLD]
    return facts_asked(question, actor).filter(kind__in=kinds)


def _top(rows: QuerySet[Any], by: By, most: int) -> Collection[int]:
    """The keys with most tickets, by the number of those that began, or of stays in a stage."""
    lead = FactKind.STAGE if by is By.STAGE else FactKind.OPENED
    counted = (
        rows.exclude(key=None)
        .order_by()
        .values("key")
        .annotate(many=Count("pk", filter=Q(kind=lead.value)), all=Count("pk"))
    )
    best = counted.order_by("-many", "-all", "key")
    return list(best.values_list("key", flat=True)[:most])


def _summed(rows: QuerySet[Any], keys: Collection[str]) -> Iterable[dict[str, Any]]:
    sums = rows.annotate(bucket=BUCKET).order_by().values("kind", "bucket", "currency", *keys)
    told: Iterable[dict[str, Any]] = sums.annotate(
        numbers=Count("pk"), flags=Count("pk", filter=Q(flag=True)), totals=Sum("value")
    )
    return told
