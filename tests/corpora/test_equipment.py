"""
Equipment of others: rates, intervals, lives and costs equal a recomputation from the plain file.

The recomputation shares nothing with the rules: counts by the csv module, intervals by their
definition (at its ends the count would just be odd), variances by their textbook formula.
"""

import csv
import gzip
import math
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from statistics import fmean, stdev

import pytest

from ambidesk.service.assets.rules.costs import Spent, cost_per_time, mean_cost
from ambidesk.service.assets.rules.histories import YEAR_DAYS, Window, exposure, gaps
from ambidesk.service.assets.rules.lives import Life, median_life, survival
from ambidesk.service.assets.rules.meters import Shown, lives_by_wear
from ambidesk.service.assets.rules.orders import BadCell, Columns, Order, histories_of, read_orders
from ambidesk.service.assets.rules.rates import (
    Exposure,
    failure_rate,
    rate_ratio,
    time_between_failures,
)
from tests.corpora.places import SHARED

EXCAVATORS = SHARED / "equipment-excavators" / "excavators.csv.gz"
MACHINES = SHARED / "equipment-ai4i2020" / "ai4i2020.csv.gz"
# In the file's own words: PM01 is corrective work, the rest is planned, inspections, rebuilding.
COLUMNS = Columns(
    asset="Asset",
    day="BscStartDate",
    text="OriginalShorttext",
    kind="PMType",
    cost="Cost",
    failures=frozenset({"PM01"}),
    others=frozenset({"PM02", "PM04", "PM05", "PM06", "PM13"}),
)
# 97.5 % of Student's t with 4 degrees, from a printed table.
T_FOUR = 2.7764451


def rows(path, delimiter=","):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def at_most(events, mean):
    logs = (k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(events + 1))
    return math.fsum(map(math.exp, logs))


def check_interval(rate, events, time):
    assert rate.value == pytest.approx(events / time)
    assert at_most(events, rate.high * time) == pytest.approx(0.025, rel=1e-5)
    assert 1 - at_most(events - 1, rate.low * time) == pytest.approx(0.025, rel=1e-5)


@pytest.fixture(scope="module")
def excavators():
    read = list(read_orders(rows(EXCAVATORS), COLUMNS))
    orders = [each for each in read if isinstance(each, Order)]
    until = max(order.day for order in orders) + timedelta(days=1)
    return orders, [each for each in read if isinstance(each, BadCell)], until


def plain():
    """Read the work orders anew, without the one whose text broke its row."""
    read = [row for row in rows(EXCAVATORS) if row["PMType"].startswith("PM")]
    days = defaultdict(list)
    for row in read:
        days[row["Asset"]].append(row)
    last = max(date.fromisoformat(row["BscStartDate"]) for row in read)
    return days, last + timedelta(days=1)


def test_a_row_broken_by_a_comma_is_named_and_all_others_are_read(excavators) -> None:
    orders, bad, _until = excavators
    assert [(each.column, each.value) for each in bad] == [("PMType", "t swing")]
    assert len(orders) == len(rows(EXCAVATORS)) - 1
    plain_sum = sum(Decimal(row["Cost"]) for kept in plain()[0].values() for row in kept)
    assert sum(order.cost for order in orders) == plain_sum


def test_failures_of_excavators_their_rates_and_intervals(excavators) -> None:
    orders, _bad, until = excavators
    histories = histories_of(orders, until=until)
    window = Window(since=date(2000, 1, 1), until=until)
    days, end = plain()
    assert sorted(histories) == sorted(days)
    for name, kept in days.items():
        events = sum(row["PMType"] == "PM01" for row in kept)
        time = (end - min(date.fromisoformat(row["BscStartDate"]) for row in kept)).days / 365.25
        seen = exposure(histories[name], window)
        assert (seen.events, seen.time) == (events, pytest.approx(time))
        check_interval(failure_rate(seen), events, time)
        between = time_between_failures(seen)
        assert between.value == pytest.approx(time / events)
        assert between.low * failure_rate(seen).high == pytest.approx(1)


def test_times_between_failures_of_excavators_with_what_is_still_running(excavators) -> None:
    orders, _bad, until = excavators
    window = Window(since=date(2000, 1, 1), until=until)
    history = histories_of(orders, until=until)["A"]
    kept, end = plain()[0]["A"], plain()[1]
    begun = min(date.fromisoformat(row["BscStartDate"]) for row in kept)
    last, ends = begun, []
    for day in sorted(
        date.fromisoformat(row["BscStartDate"]) for row in kept if row["PMType"] == "PM01"
    ):
        ends.append((day - last).days)
        last = day
    running = (end - last).days
    share = 1.0
    steps = {step.age: step for step in survival(gaps(history, window))}
    for age in sorted(set(ends)):
        risk = sum(each >= age for each in [*ends, running])
        share *= 1 - ends.count(age) / risk
        assert (steps[age].at_risk, steps[age].failed) == (risk, ends.count(age))
        assert steps[age].working.value == pytest.approx(share)
    # The last one has not failed: the curve of what fails alone would end at nothing.
    assert steps[max(ends)].working.value == pytest.approx(share)


def test_what_excavators_cost_with_intervals(excavators) -> None:
    orders, _bad, until = excavators
    days, end = plain()
    for name, kept in days.items():
        costs = [float(row["Cost"]) for row in kept if row["PMType"] == "PM01"]
        cost = mean_cost([float(o.cost) for o in orders if o.asset == name and o.is_failure])
        assert cost.value == pytest.approx(fmean(costs))
        error = stdev(costs) / math.sqrt(len(costs))
        assert 1.96 * error < cost.high - cost.value < 2.0 * error
    spent = []
    for history in histories_of(orders, until=until).items():
        own = [order for order in orders if order.asset == history[0]]
        time = (history[1].ended - history[1].began).days / YEAR_DAYS
        spent.append(Spent(cost=float(sum(order.cost for order in own)), time=time))
    yearly = cost_per_time(spent)
    sums = {name: sum(float(row["Cost"]) for row in kept) for name, kept in days.items()}
    times = {
        name: (end - min(date.fromisoformat(row["BscStartDate"]) for row in kept)).days / 365.25
        for name, kept in days.items()
    }
    ratio = sum(sums.values()) / sum(times.values())
    off = [sums[name] - ratio * times[name] for name in sums]
    error = math.sqrt(sum(each * each for each in off) / 4 / 5) / fmean(times.values())
    assert yearly.value == pytest.approx(ratio)
    assert yearly.high == pytest.approx(ratio + T_FOUR * error)
    assert yearly.low == pytest.approx(ratio - T_FOUR * error)


def test_failures_of_machines_by_variant_with_intervals_and_how_they_differ() -> None:
    counts = defaultdict(lambda: [0, 0])
    for row in rows(MACHINES, "\t"):
        counts[row["Type"]][0] += int(row["Machine failure"])
        counts[row["Type"]][1] += 1
    seen = {
        name: Exposure(events=events, time=float(made)) for name, (events, made) in counts.items()
    }
    assert {name: each.events for name, each in seen.items()} == {"L": 235, "M": 83, "H": 21}
    for name, (events, made) in counts.items():
        check_interval(failure_rate(seen[name]), events, made)
    ratio = rate_ratio(seen["L"], seen["H"])
    assert ratio.value == pytest.approx((235 / counts["L"][1]) / (21 / counts["H"][1]))
    assert ratio.excludes(1)


def test_lives_of_tools_of_which_most_were_replaced_before_they_failed() -> None:
    read = rows(MACHINES, "\t")
    shown = [Shown(value=float(r["Tool wear [min]"]), failed=r["TWF"] == "1") for r in read]
    lives = lives_by_wear(shown)
    # Anew: cut the file where the wear falls back, and look into each piece.
    tools: list[list[tuple[int, bool]]] = [[]]
    for row in read:
        wear = int(row["Tool wear [min]"])
        if tools[-1] and wear < tools[-1][-1][0]:
            tools.append([])
        tools[-1].append((wear, row["TWF"] == "1"))
    ends = [
        (next((w for w, failed in tool if failed), tool[-1][0]), any(f for _w, f in tool))
        for tool in tools
    ]
    assert [(life.end, life.failed) for life in lives] == ends
    share = 1.0
    for step in survival(lives):
        risk = sum(end >= step.age for end, _failed in ends)
        failed = sum(end == step.age and broke for end, broke in ends)
        share *= 1 - failed / risk
        assert step.working.value == pytest.approx(share)
    # Taken alone, those that failed would make tools look shorter-lived than they are.
    alone = [Life(end=float(end), failed=True) for end, failed in ends if failed]
    assert len(alone) < len(ends) / 2
    assert median_life(survival(lives)).value > median_life(survival(alone)).value
