"""
Rates: how often something fails while it is exposed, with exact intervals.

Exposure has any unit (years, kilometres, starts); equipment that has not failed counts with all of
its time, so nothing is lost by what is still running.
"""

import math
from dataclasses import dataclass

from ambidesk.service.assets.rules.quantiles import beta_quantile, chi_squared_quantile

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure and the interval it lies in with the level asked for; `high` may be infinite."""

    value: float
    low: float
    high: float

    def excludes(self, figure: float) -> bool:
        """Say whether the figure lies outside of the interval."""
        return not self.low <= figure <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Failures seen and the time (or distance, or starts) in which they could have been seen."""

    events: int
    time: float

    def __add__(self, other: "Exposure") -> "Exposure":
        return Exposure(events=self.events + other.events, time=self.time + other.time)


NOTHING = Exposure(events=0, time=0.0)


def failure_rate(seen: Exposure, *, level: float = LEVEL) -> Estimate:
    """
    Estimate the failures per unit of time, with the exact interval of a Poisson count.

    Without any time nothing is known: the value is 0 and the interval all that there is.
    Source: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936).
    """
    if seen.time <= 0:
        return Estimate(value=0.0, low=0.0, high=math.inf)
    tail = (1 - level) / 2
    low = chi_squared_quantile(tail, 2 * seen.events) / 2 if seen.events else 0.0
    high = chi_squared_quantile(1 - tail, 2 * seen.events + 2) / 2
    return Estimate(value=seen.events / seen.time, low=low / seen.time, high=high / seen.time)


def time_between_failures(seen: Exposure, *, level: float = LEVEL) -> Estimate:
    """
    Estimate the mean time between failures; infinite where none was seen.

    Observation that ends at an instant, not at a failure.
    Source: IEC 60605-4:2001, 5.2.
    """
    rate = failure_rate(seen, level=level)
    return Estimate(value=_inverse(rate.value), low=_inverse(rate.high), high=_inverse(rate.low))


def rate_ratio(one: Exposure, other: Exposure, *, level: float = LEVEL) -> Estimate:
    """
    Estimate how many times more often the one fails than the other.

    Given all failures of both, those of the one are binomial; an interval that excludes 1 says
    that they differ. Source: Przyborowski, Wilenski, Biometrika 31 (1940); Clopper, Pearson,
    Biometrika 26 (1934).
    """
    total = one.events + other.events
    if not total or one.time <= 0 or other.time <= 0:
        return Estimate(value=1.0, low=0.0, high=math.inf)
    tail = (1 - level) / 2
    low = beta_quantile(tail, one=one.events, other=other.events + 1) if one.events else 0.0
    high = beta_quantile(1 - tail, one=one.events + 1, other=other.events) if other.events else 1.0
    share = other.time / one.time
    return Estimate(
        value=_odds(one.events / total) * share, low=_odds(low) * share, high=_odds(high) * share
    )


def _inverse(value: float) -> float:
    return 1 / value if value > 0 else math.inf


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf
