"""Measures: what a page shows, read from sums of facts as docs/metrics.md defines it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ambidesk.across.insight.rules.facts import APART, FactKind
from ambidesk.across.insight.rules.sums import quantile


class Shape(StrEnum):
    """How a measure is read from a sum."""

    NUMBER = "number"
    MEDIAN = "median"
    SHARE = "share"
    NET = "net"
    SCORE = "score"
    PER_SOLVED = "per_solved"
    # The sum of all values: of times in seconds, of money in hundredths of each currency.
    TOTAL = "total"
    MONEY = "money"


class Better(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Measure(StrEnum):
    """Everything that a page shows; the value stands in addresses."""

    OPENED = "opened"
    SOLVED = "solved"
    TRANSFERS = "transfers"
    WAIT = "wait"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"
    HANDLING = "handling"
    FCR = "fcr"
    REOPENED = "reopened"
    ABANDONED = "abandoned"
    CSAT = "csat"
    RESPONSE_RATE = "response_rate"
    NPS = "nps"
    NPS_RATE = "nps_rate"
    CES = "ces"
    CES_RATE = "ces_rate"
    PROMISES = "promises"
    ANSWER_WORKED = "answer_worked"
    SOLVE_WORKED = "solve_worked"
    STAYS = "stays"
    STAGE_TIME = "stage_time"
    REWORK = "rework"
    LABOUR = "labour"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Of which facts a measure is made, how, and which way is better."""

    kind: FactKind
    shape: Shape
    better: Better


READINGS: Mapping[Measure, Reading] = {
    measure: Reading(kind=kind, shape=shape, better=better)
    for measure, kind, shape, better in (
        (Measure.OPENED, FactKind.OPENED, Shape.NUMBER, Better.NEITHER),
        (Measure.SOLVED, FactKind.SOLVED, Shape.NUMBER, Better.NEITHER),
        (Measure.TRANSFERS, FactKind.TRANSFER, Shape.PER_SOLVED, Better.DOWN),
        (Measure.WAIT, FactKind.WAIT, Shape.MEDIAN, Better.DOWN),
        (Measure.FIRST_RESPONSE, FactKind.FIRST_RESPONSE, Shape.MEDIAN, Better.DOWN),
        (Measure.NEXT_RESPONSE, FactKind.NEXT_RESPONSE, Shape.MEDIAN, Better.DOWN),
        (Measure.RESOLUTION, FactKind.SOLVED, Shape.MEDIAN, Better.DOWN),
        (Measure.HANDLING, FactKind.HANDLING, Shape.MEDIAN, Better.DOWN),
        (Measure.FCR, FactKind.FIRST_CONTACT, Shape.SHARE, Better.UP),
        (Measure.REOPENED, FactKind.SOLVED, Shape.SHARE, Better.DOWN),
        (Measure.ABANDONED, FactKind.ABANDONMENT, Shape.SHARE, Better.DOWN),
        (Measure.CSAT, FactKind.CSAT, Shape.SHARE, Better.UP),
        (Measure.RESPONSE_RATE, FactKind.CSAT_ASKED, Shape.SHARE, Better.UP),
        (Measure.NPS, FactKind.NPS, Shape.NET, Better.UP),
        (Measure.NPS_RATE, FactKind.NPS_ASKED, Shape.SHARE, Better.UP),
        (Measure.CES, FactKind.CES, Shape.SCORE, Better.UP),
        (Measure.CES_RATE, FactKind.CES_ASKED, Shape.SHARE, Better.UP),
        (Measure.PROMISES, FactKind.PROMISED, Shape.SHARE, Better.DOWN),
        (Measure.ANSWER_WORKED, FactKind.ANSWER_WORKED, Shape.MEDIAN, Better.DOWN),
        (Measure.SOLVE_WORKED, FactKind.SOLVE_WORKED, Shape.MEDIAN, Better.DOWN),
        (Measure.STAYS, FactKind.STAGE, Shape.NUMBER, Better.NEITHER),
        (Measure.STAGE_TIME, FactKind.STAGE, Shape.MEDIAN, Better.DOWN),
        (Measure.REWORK, FactKind.STAGE, Shape.SHARE, Better.DOWN),
        (Measure.LABOUR, FactKind.LABOUR, Shape.TOTAL, Better.NEITHER),
        (Measure.COST, FactKind.COST, Shape.MONEY, Better.NEITHER),
    )
}
# Those that the sums of days hold; the others are read from facts.
DAILY = tuple(measure for measure in Measure if READINGS[measure].kind not in APART)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Facts of one kind, summed over whatever was asked for; `steps` counts them by bucket."""

    number: int = 0
    flagged: int = 0
    total: int = 0
    steps: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        steps = dict(self.steps)
        for bucket, number in other.steps.items():
            steps[bucket] = steps.get(bucket, 0) + number
        return Tally(
            number=self.number + other.number,
            flagged=self.flagged + other.flagged,
            total=self.total + other.total,
            steps=steps,
        )


Tallies = Mapping[FactKind, Tally]
NOTHING = Tally()
# Of the marks 0 to 10 these recommend us, and these do not.
# Source: Reichheld, "The One Number You Need to Grow", HBR 12/2003.
PROMOTES_FROM, DETRACTS_TO = 9, 6


def together(many: Iterable[Tallies]) -> Tallies:
    """Add up the sums of several days or places."""
    found: dict[FactKind, Tally] = {}
    for tallies in many:
        for kind, tally in tallies.items():
            found[kind] = found.get(kind, NOTHING) + tally
    return found


def value_of(measure: Measure, tallies: Tallies) -> float | None:
    """
    Read a measure: a number, seconds, a share in [0, 1], a net share in [-1, 1], a mean mark.

    Money is of currencies that are never added up: `breaking_down` tells it. None where there is
    nothing to read: of no fact there is no median, but there is a number.
    """
    reading = READINGS[measure]
    tally = tallies.get(reading.kind, NOTHING)
    match reading.shape:
        case Shape.NUMBER:
            return tally.number
        case Shape.MEDIAN:
            return quantile(tally.steps, 0.5)
        case Shape.NET:
            return _net(tally)
        case Shape.MONEY:
            return None
        case _:
            solved = tallies.get(FactKind.SOLVED, NOTHING).number
            return _quotient(reading.shape, tally, solved)


def _quotient(shape: Shape, tally: Tally, solved: int) -> float | None:
    """Read what is a part of something, or each of something; None of nothing."""
    part, whole = {
        Shape.SHARE: (tally.flagged, tally.number),
        Shape.SCORE: (tally.total, tally.number),
        Shape.PER_SOLVED: (tally.number, solved),
        Shape.TOTAL: (tally.total, min(tally.number, 1)),
    }[shape]
    return part / whole if whole else None


def _net(tally: Tally) -> float | None:
    """The share of those who recommend us less that of those who do not."""
    if not tally.number:
        return None
    net = sum(
        number * ((mark >= PROMOTES_FROM) - (mark <= DETRACTS_TO))
        for mark, number in tally.steps.items()
    )
    return net / tally.number


def mean_of(measure: Measure, tallies: Tallies) -> float | None:
    """The mean of a time in seconds; None where there is none."""
    tally = tallies.get(READINGS[measure].kind, NOTHING)
    is_time = READINGS[measure].shape is Shape.MEDIAN
    return tally.total / tally.number if is_time and tally.number else None


def change(now: float | None, before: float | None) -> float | None:
    """By which part of it a value grew; None where there is nothing to compare with."""
    if now is None or not before:
        return None
    return (now - before) / before
