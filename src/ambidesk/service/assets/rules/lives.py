"""
Lives: how long something works until it fails, of which many have not failed yet.

A life that was not seen to its end is censored, one that was not seen from its start is truncated;
both count for just the time in which they were watched.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from ambidesk.service.assets.rules.rates import LEVEL, Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Watched at ages (start, end], from birth [0, end]; `failed` says that it ended by that."""

    end: float
    failed: bool
    start: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """At this age so many of those at risk failed, and this share of all is still working."""

    age: float
    at_risk: int
    failed: int
    working: Estimate


def survival(lives: Iterable[Life], *, level: float = LEVEL) -> tuple[Step, ...]:
    """
    Give the share that still works after each age at which something failed, youngest first.

    Source: Kaplan, Meier, JASA 53 (1958); the variance of M. Greenwood (1926); the interval on the
    scale of log(-log), Kalbfleisch, Prentice, "The Statistical Analysis of Failure Time Data",
    1.4.1.
    """
    watched = [life for life in lives if life.end > life.start or life.start <= 0]
    failed = Counter(life.end for life in watched if life.failed)
    # Whoever was there from birth can fail at age 0 already.
    starts = sorted(life.start if life.start > 0 else -math.inf for life in watched)
    ends = sorted(life.end for life in watched)
    begun = gone = 0
    share, variance = 1.0, 0.0
    steps: list[Step] = []
    for age in sorted(failed):
        while begun < len(starts) and starts[begun] < age:
            begun += 1
        while gone < len(ends) and ends[gone] < age:
            gone += 1
        at_risk, events = begun - gone, failed[age]
        share *= (at_risk - events) / at_risk
        variance += _greenwood(at_risk, events)
        working = _interval(share, variance, steps, level)
        steps.append(Step(age=age, at_risk=at_risk, failed=events, working=working))
    return tuple(steps)


def median_life(steps: Sequence[Step]) -> Estimate:
    """
    Give the age until which half fail; infinite where more than half still work.

    Source: Brookmeyer, Crowley, Biometrics 38 (1982).
    """
    half = 1 / 2

    def first(shares: Iterable[float]) -> float:
        return next(
            (step.age for step, share in zip(steps, shares, strict=True) if share <= half), math.inf
        )

    return Estimate(
        value=first(step.working.value for step in steps),
        low=first(step.working.low for step in steps),
        high=first(step.working.high for step in steps),
    )


def expected_life(steps: Sequence[Step], *, until: float) -> float:
    """Give the mean of what is lived before the age: the area under the curve."""
    area, age, share = 0.0, 0.0, 1.0
    for step in steps:
        if step.age >= until:
            break
        area += share * (step.age - age)
        age, share = step.age, step.working.value
    return area + share * (until - age)


def _greenwood(at_risk: int, failed: int) -> float:
    return failed / (at_risk * (at_risk - failed)) if at_risk > failed else math.inf


def _interval(share: float, variance: float, before: Sequence[Step], level: float) -> Estimate:
    if share <= 0 or math.isinf(variance):
        # Nothing is left, of which the formula knows no variance: what was possible before is.
        return Estimate(value=0.0, low=0.0, high=before[-1].working.high if before else 1.0)
    bound = NormalDist().inv_cdf((1 + level) / 2)
    spread = math.exp(bound * math.sqrt(variance) / abs(math.log(share)))
    return Estimate(value=share, low=share**spread, high=share ** (1 / spread))
