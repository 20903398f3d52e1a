"""
Erlang: how many servers a load needs, with callers who wait for ever (C) or give up (A).

Load is in erlangs: arrivals a second times seconds of service. Times are in seconds.
Source: A. K. Erlang, "Solution of some problems in the theory of probabilities" (1917); C. Palm,
"Research on telephone traffic" (1957); Garnett, Mandelbaum, Reiman, MSOM 4(3), 2002, section 3.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, repeat

MOST_SERVERS = 5_000
# Terms of the sum over waiting callers that no longer change it.
NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Arrivals a second, mean seconds of service, mean seconds until somebody gives up."""

    arrivals: float
    service: float
    patience: float = math.inf

    @property
    def load(self) -> float:
        """The load in erlangs."""
        return self.arrivals * self.service


def blocking(servers: int, load: float) -> float:
    """Erlang B: the share of calls that find all servers taken when nobody can wait."""
    if load <= 0:
        return 1.0 if servers == 0 else 0.0
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def delay(servers: int, load: float) -> float:
    """Erlang C: the share of calls that have to wait; all of them when the load is too much."""
    if load <= 0:
        return 0.0
    if servers <= load:
        return 1.0
    blocked = blocking(servers, load)
    return servers * blocked / (servers - load * (1 - blocked))


def served_within(seconds: float, traffic: Traffic, *, servers: int) -> float:
    """The share of calls that are taken within so many seconds, of all that come."""
    if math.isinf(traffic.patience):
        return _patient(seconds, traffic, servers)
    return _impatient(seconds, traffic, servers)


@lru_cache(maxsize=4096)
def servers_needed(traffic: Traffic, *, seconds: float, share: float) -> int:
    """The fewest servers with which this share in [0, 1) is taken within so many seconds."""
    if traffic.load <= 0:
        return 0
    few, enough = 0, 1
    while enough < MOST_SERVERS and served_within(seconds, traffic, servers=enough) < share:
        few, enough = enough, enough * 2
    # More servers never serve fewer in time, so the border lies between the two.
    while enough - few > 1:
        middle = (few + enough) // 2
        if served_within(seconds, traffic, servers=middle) < share:
            few = middle
        else:
            enough = middle
    return min(enough, MOST_SERVERS)


def _patient(seconds: float, traffic: Traffic, servers: int) -> float:
    spare = servers - traffic.load
    if spare <= 0:
        return 0.0 if traffic.load > 0 else 1.0
    return 1 - delay(servers, traffic.load) * math.exp(-spare * seconds / traffic.service)


def _impatient(seconds: float, traffic: Traffic, servers: int) -> float:
    """
    M/M/n+M: a newcomer who finds j waiting is taken once j + 1 of n servers and j have gone.

    The wait is that sum of exponential times, each of rate (n mu + i theta), and counts as served
    only when their own patience outlasts it.
    """
    mu, theta = 1 / traffic.service, 1 / traffic.patience
    lengths = _lengths(traffic, servers, mu, theta)
    reached = sum(lengths[:servers])
    in_time = _in_time(seconds, rate=servers * mu, theta=theta)
    reached += sum(share * there for share, there in zip(lengths[servers:], in_time, strict=False))
    return min(reached, 1.0)


def _lengths(traffic: Traffic, servers: int, mu: float, theta: float) -> list[float]:
    """The share of time with 0, 1, 2, ... calls in the house, by birth and death."""
    logs = [0.0]
    for number in count(1):
        death = min(number, servers) * mu + max(number - servers, 0) * theta
        logs.append(logs[-1] + math.log(traffic.arrivals / death))
        falls = logs[-1] < max(logs) + math.log(NEGLIGIBLE)
        if number > servers and falls:
            break
    top = max(logs)
    weights = [math.exp(each - top) for each in logs]
    total = sum(weights)
    return [each / total for each in weights]


def _in_time(seconds: float, *, rate: float, theta: float) -> Iterator[float]:
    """
    The chance to be taken within the time with 0, 1, 2, ... before one, patience at rate theta.

    Steps i = 0..k have rates rate + i theta, so it is s / (s + k + 1) I_x(k + 1, s + 1) with
    s = rate / theta and x = 1 - exp(-theta seconds). Source: DLMF 8.17.20, from one k to the next.
    """
    shape, reached = rate / theta, -math.expm1(-theta * seconds)
    if reached <= 0:
        yield from repeat(0.0)
    beta = -math.expm1(-(rate + theta) * seconds)
    log_term = math.log(reached) - (rate + theta) * seconds + math.log(shape + 1)
    for number in count(1):
        yield shape / (shape + number) * max(beta, 0.0)
        beta -= math.exp(log_term)
        log_term += math.log(reached * (number + shape + 1) / (number + 1))
