"""
Costs: what one repair costs and what an asset costs a year, with intervals.

Money is exact where it is summed; an interval is a float, since it is an estimate.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from ambidesk.service.assets.rules.quantiles import t_quantile
from ambidesk.service.assets.rules.rates import LEVEL, Estimate

LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one asset cost within the time it was watched; credits are negative."""

    cost: float
    time: float


def mean_cost(costs: Sequence[float], *, level: float = LEVEL) -> Estimate:
    """
    Estimate what one repair costs; of fewer than two nothing can be said about the spread.

    Source: Student, "The probable error of a mean", Biometrika 6 (1908).
    """
    if len(costs) < LEAST:
        return _unsure(costs[0] if costs else 0.0)
    mean = fmean(costs)
    error = stdev(costs) / math.sqrt(len(costs))
    return _around(mean, error, len(costs), level)


def cost_per_time(assets: Sequence[Spent], *, level: float = LEVEL) -> Estimate:
    """
    Estimate what an asset costs per unit of time: all costs over all time, asset by asset.

    Repairs of one asset hang together, so the spread is that between assets.
    Source: W. G. Cochran, "Sampling Techniques", 3rd edition, 2.11 and 6.3 (ratio estimate).
    """
    watched = [asset for asset in assets if asset.time > 0]
    time = math.fsum(asset.time for asset in watched)
    if not watched:
        return _unsure(0.0)
    ratio = math.fsum(asset.cost for asset in watched) / time
    count = len(watched)
    if count < LEAST:
        return _unsure(ratio)
    squares = math.fsum((asset.cost - ratio * asset.time) ** 2 for asset in watched)
    error = math.sqrt(squares * count / (count - 1)) / time
    return _around(ratio, error, count, level)


def _around(mean: float, error: float, count: int, level: float) -> Estimate:
    reach = t_quantile((1 + level) / 2, count - 1) * error
    return Estimate(value=mean, low=mean - reach, high=mean + reach)


def _unsure(value: float) -> Estimate:
    return Estimate(value=value, low=-math.inf, high=math.inf)
