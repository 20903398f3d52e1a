"""Bars: a rate with its interval as a picture; each opens what is behind it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ambidesk.service.assets.rules.rates import Estimate, Exposure

WIDTH = 240
# Where nothing is known the interval has no end: the picture ends a little beyond what is known.
BEYOND = 1.25
Named: TypeAlias = tuple[str, Exposure, Estimate, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a comparison: a dot for the rate, a line for its interval, places in pixels."""

    label: str
    seen: Exposure
    rate: Estimate
    url: str
    dot: int
    low: int
    high: int


def bars_of(lines: Sequence[Named]) -> tuple[Bar, ...]:
    """Draw lines on one scale that begins at zero."""
    known = [rate.value for _label, _seen, rate, _url in lines]
    ends = [rate.high for _label, _seen, rate, _url in lines if math.isfinite(rate.high)]
    # An interval far wider than all rates would press these into one corner.
    top = min(max([*ends, 0.0]), 4 * max([*known, 0.0])) or max([*ends, 1.0])
    return tuple(_bar(line, top * BEYOND) for line in lines)


def _bar(line: Named, top: float) -> Bar:
    label, seen, rate, url = line
    return Bar(
        label=label,
        seen=seen,
        rate=rate,
        url=url,
        dot=_placed(rate.value, top),
        low=_placed(rate.low, top),
        high=_placed(rate.high, top),
    )


def _placed(value: float, top: float) -> int:
    return round(WIDTH * min(value / top, 1.0)) if top > 0 else 0
