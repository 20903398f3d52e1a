"""
Scoring: figures of contractors in a period, and what stands behind each.

A handover counts in the period in which it ended; what we took back ourselves is nobody's merit or
fault. The same condition counts the figure and opens its rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db.models import (
    Avg,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Sum,
)

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contractors.models import Contractor
from ambidesk.support.handovers.models import Handover, HandoverQuerySet, Round
from ambidesk.support.handovers.rules.score import Tally, score
from ambidesk.support.handovers.rules.standing import BACK, OPEN, Standing


class Figure(StrEnum):
    """What is counted of a contractor."""

    DONE = "done"
    ON_TIME = "on_time"
    LATE = "late"
    REWORKED = "reworked"
    DECLINED = "declined"
    PAID = "paid"
    OPEN = "open"
    OVERDUE = "overdue"


DECLINED: Final = Q(standing__in=[each.value for each in BACK])
DONE: Final = Q(standing=Standing.TAKEN)
CONDITIONS: Final[Mapping[Figure, Q]] = {
    Figure.DONE: DONE,
    Figure.ON_TIME: DONE & Q(is_late=False),
    Figure.LATE: DONE & Q(is_late=True),
    Figure.REWORKED: DONE & Q(reworks__gt=0),
    Figure.DECLINED: DECLINED,
    Figure.PAID: DONE & Q(cost__gt=0),
}
# What is under way now belongs to no period.
NOW: Final = frozenset({Figure.OPEN, Figure.OVERDUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The instants from `since` until before `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The figures of one contractor; `answered_in` is the mean time from offer to answer."""

    contractor: Contractor
    tally: Tally
    reworked: int
    reworks: int
    paid: int
    costs: tuple[Money, ...]
    answered_in: timedelta | None
    open: int
    overdue: int

    @property
    def score(self) -> int | None:
        """From 0 to 100; None where nothing ended."""
        return score(self.tally)

    @property
    def counts(self) -> Mapping[Figure, int]:
        """How many rows each figure opens."""
        return {
            Figure.DONE: self.tally.done,
            Figure.ON_TIME: self.tally.on_time,
            Figure.LATE: self.tally.done - self.tally.on_time,
            Figure.REWORKED: self.reworked,
            Figure.DECLINED: self.tally.declined,
            Figure.PAID: self.paid,
            Figure.OPEN: self.open,
            Figure.OVERDUE: self.overdue,
        }


def behind(
    figure: Figure, contractor: Contractor, *, span: Span, actor: Actor, at: datetime
) -> HandoverQuerySet:
    """The handovers that a figure counts, those that ended last first."""
    if figure in NOW:
        rows = _now(actor).filter(contractor=contractor)
        if figure is Figure.OVERDUE:
            rows = rows.filter(_overdue(at))
        return rows.order_by("due_at", "pk")
    ended = _ended(span, actor).filter(contractor=contractor)
    return ended.filter(CONDITIONS[figure]).order_by("-ended_at", "-pk")


def scorecards(span: Span, *, actor: Actor, at: datetime) -> Sequence[Scorecard]:
    """Give the figures of all contractors that the actor sees, by name, in a few questions."""
    counts = {each.value: Count("pk", filter=condition) for each, condition in CONDITIONS.items()}
    answered = ExpressionWrapper(F("answered_at") - F("offered_at"), output_field=DurationField())
    ended: dict[int, Mapping[str, Any]] = {
        row["contractor"]: row
        for row in _ended(span, actor)
        .order_by()
        .values("contractor")
        .annotate(again=Sum("reworks", filter=DONE), took=Avg(answered), **counts)
    }
    now: dict[int, Mapping[str, Any]] = {
        row["contractor"]: row
        for row in _now(actor)
        .order_by()
        .values("contractor")
        .annotate(going=Count("pk"), behind=Count("pk", filter=_overdue(at)))
    }
    costs = _costs(span, actor)
    rows = Contractor.objects.visible_to(actor).select_related("company")
    found = [
        _card(row, ended.get(row.pk, {}), now.get(row.pk, {}), costs.get(row.pk, ()))
        for row in rows.order_by("company__name", "pk")
    ]
    return [each for each in found if each.contractor.dismissed_at is None or each.tally.ended]


def _card(
    row: Contractor,
    ended: Mapping[str, Any],
    now: Mapping[str, Any],
    costs: Sequence[Money],
) -> Scorecard:
    done, took = ended.get(Figure.DONE, 0), ended.get("took")
    return Scorecard(
        contractor=row,
        tally=Tally(
            done=done,
            on_time=ended.get(Figure.ON_TIME, 0),
            at_once=done - ended.get(Figure.REWORKED, 0),
            declined=ended.get(Figure.DECLINED, 0),
        ),
        reworked=ended.get(Figure.REWORKED, 0),
        reworks=ended.get("again") or 0,
        paid=ended.get(Figure.PAID, 0),
        costs=tuple(costs),
        answered_in=took if isinstance(took, timedelta) else None,
        open=now.get("going", 0),
        overdue=now.get("behind", 0),
    )


def _costs(span: Span, actor: Actor) -> Mapping[int, list[Money]]:
    paid = _ended(span, actor).filter(CONDITIONS[Figure.PAID]).order_by()
    sums = paid.values("contractor", "currency").annotate(whole=Sum("cost"))
    found: dict[int, list[Money]] = {}
    for row in sums.order_by("contractor", "currency"):
        found.setdefault(row["contractor"], []).append(Money(row["whole"], row["currency"]))
    return found


def _ended(span: Span, actor: Actor) -> HandoverQuerySet:
    """What ended in a period; `is_late` where a round that was done ended after it was due."""
    late = Round.objects.filter(handover=OuterRef("pk"), is_done=True, ended_at__gt=F("due_at"))
    rows = Handover.objects.visible_to(actor).filter(
        DONE | DECLINED, ended_at__gte=span.since, ended_at__lt=span.until
    )
    return rows.annotate(is_late=Exists(late))


def _now(actor: Actor) -> HandoverQuerySet:
    return Handover.objects.visible_to(actor).filter(standing__in=[each.value for each in OPEN])


def _overdue(at: datetime) -> Q:
    return Q(standing__in=[Standing.OFFERED, Standing.ACCEPTED], due_at__lt=at)
