"""
Forecast: how much comes in an hour of the week, and how many operators take it in time, pure.

The latest weeks count more: each week before weighs four fifths of the one after it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ambidesk.support.routing.rules.erlang import Traffic, servers_needed

FADES = 0.8
HOUR_SECONDS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One hour of the past: the same hour of the week, so many weeks ago (0 the latest)."""

    weeks_ago: int
    arrived: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a team promises: a share in time, and how long people wait before they leave."""

    seconds: float
    share: float
    patience: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What an hour of the week will bring; `operators` is how many are needed for it."""

    arrivals: float
    operators: int


def expected_arrivals(past: Iterable[Past]) -> float:
    """The mean of the past, the latest weeks leading; nothing where there is no past."""
    total = weight = 0.0
    for hour in past:
        share = FADES**hour.weeks_ago
        total += share * hour.arrived
        weight += share
    return total / weight if weight else 0.0


def outlook(arrivals: float, *, service: float, slots: int, aim: Aim) -> Outlook:
    """
    Say how many operators an hour needs, each holding up to `slots` talks at once.

    `service` is how many seconds one talk holds one slot.
    """
    traffic = Traffic(
        arrivals=round(arrivals, 1) / HOUR_SECONDS,
        service=max(round(service), 1),
        patience=max(aim.patience, 1.0),
    )
    servers = servers_needed(traffic, seconds=aim.seconds, share=aim.share)
    return Outlook(arrivals=arrivals, operators=math.ceil(servers / max(slots, 1)))
