"""Lines: what a group of assets failed and cost, each figure with its interval, pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ambidesk.service.assets.rules.costs import Spent, cost_per_time, mean_cost
from ambidesk.service.assets.rules.histories import History, Window, exposure
from ambidesk.service.assets.rules.rates import (
    NOTHING,
    Estimate,
    Exposure,
    failure_rate,
    rate_ratio,
    time_between_failures,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What each repair of each asset cost, within the window."""

    repairs: Mapping[int, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    A group: its assets, failures a year, years between failures, and costs.

    `against` is how many times more often it fails than what it is compared with.
    """

    key: int
    label: str
    assets: int
    seen: Exposure
    rate: Estimate
    between: Estimate
    per_repair: Estimate
    per_year: Estimate
    repairs: int = 0
    against: Estimate | None = None

    @property
    def differs(self) -> bool:
        """It fails more or less often than chance would explain."""
        return self.against is not None and self.against.excludes(1)


def line_of(
    histories: Sequence[History], window: Window, *, paid: Paid, key: int = 0, label: str = ""
) -> Line:
    """Sum up a group."""
    seen = {each.asset: exposure(each, window) for each in histories}
    costs = {asset: paid.repairs.get(asset, ()) for asset in seen}
    whole = sum(seen.values(), NOTHING)
    spent = [Spent(cost=sum(costs[asset]), time=each.time) for asset, each in seen.items()]
    every = [cost for each in costs.values() for cost in each]
    return Line(
        key=key,
        label=label,
        assets=len(histories),
        seen=whole,
        rate=failure_rate(whole),
        between=time_between_failures(whole),
        per_repair=mean_cost(every),
        per_year=cost_per_time(spent),
        repairs=len(every),
    )


def compared(line: Line, others: Iterable[Line]) -> Line:
    """Say how many times more often a group fails than the others together."""
    rest = sum((each.seen for each in others), NOTHING)
    return replace(line, against=rate_ratio(line.seen, rest))
