"""Erlang: against closed forms, against each other, and against a simulated queue."""

import heapq
import math
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ambidesk.support.routing.rules.erlang import (
    Traffic,
    blocking,
    delay,
    served_within,
    servers_needed,
)

LOADS = st.floats(0.1, 60)
SERVERS = st.integers(1, 90)


@given(LOADS, SERVERS)
def test_erlang_b_equals_its_closed_form(load: float, servers: int) -> None:
    logs = [k * math.log(load) - math.lgamma(k + 1) for k in range(servers + 1)]
    top = max(logs)
    closed = math.exp(logs[-1] - top) / sum(math.exp(each - top) for each in logs)
    assert blocking(servers, load) == pytest.approx(closed, rel=1e-9)


@given(LOADS, SERVERS)
def test_more_servers_delay_fewer(load: float, servers: int) -> None:
    assert 0 <= delay(servers + 1, load) <= delay(servers, load) <= 1


@given(LOADS, SERVERS)
def test_a_wait_is_at_least_as_likely_as_a_loss(load: float, servers: int) -> None:
    assert delay(servers, load) >= blocking(servers, load) - 1e-12


def test_a_textbook_example() -> None:
    # 360 calls an hour of 4 minutes: 24 erlangs; 30 agents answer 87 % within 20 seconds.
    traffic = Traffic(arrivals=0.1, service=240)
    assert served_within(20, traffic, servers=30) == pytest.approx(0.88, abs=0.02)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.5, 30), st.integers(1, 40), st.floats(1, 600))
@example(21.0, 24, 474.0)
def test_who_never_gives_up_is_the_limit_of_who_is_patient(
    load: float, servers: int, seconds: float
) -> None:
    if servers <= load * 1.1:
        return
    patient = Traffic(arrivals=load / 200, service=200)
    nearly = Traffic(arrivals=load / 200, service=200, patience=2e7)
    there = served_within(seconds, nearly, servers=servers)
    assert there == pytest.approx(served_within(seconds, patient, servers=servers), abs=5e-3)


@settings(deadline=None, max_examples=30)
@given(st.floats(0.5, 40), st.floats(30, 900), st.floats(0.5, 0.95))
def test_the_number_needed_is_enough_and_one_less_is_not(
    load: float, patience: float, share: float
) -> None:
    traffic = Traffic(arrivals=load / 300, service=300, patience=patience)
    needed = servers_needed(traffic, seconds=60, share=share)
    assert served_within(60, traffic, servers=needed) >= share
    assert needed == 1 or served_within(60, traffic, servers=needed - 1) < share


def test_without_arrivals_nobody_is_needed() -> None:
    assert servers_needed(Traffic(arrivals=0, service=300), seconds=60, share=0.8) == 0


def _simulated(traffic: Traffic, servers: int, seconds: float, number: int) -> float:
    """The share taken in time in a queue played through, first come first served."""
    dice = Random(7)  # noqa: S311 a played queue, no secret
    free, clock, reached = [0.0] * servers, 0.0, 0
    heapq.heapify(free)
    for _each in range(number):
        clock += dice.expovariate(traffic.arrivals)
        begins = max(clock, free[0])
        patience = dice.expovariate(1 / traffic.patience)
        if begins - clock > patience:
            continue
        heapq.heapreplace(free, begins + dice.expovariate(1 / traffic.service))
        reached += begins - clock <= seconds
    return reached / number


@pytest.mark.parametrize("servers, patience", [(10, 60.0), (12, 120.0), (15, 300.0)])
def test_a_queue_played_through_comes_to_the_same(servers: int, patience: float) -> None:
    traffic = Traffic(arrivals=12 / 180, service=180, patience=patience)
    played = _simulated(traffic, servers, 30, 60_000)
    assert served_within(30, traffic, servers=servers) == pytest.approx(played, abs=0.015)
