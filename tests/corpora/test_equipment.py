"""
Equipment of others: rates, intervals, lives and costs equal a recomputation from the plain file.

Excavators come in as anybody's repairs of the past do. The recomputation shares nothing with the rules: counts by the csv module, intervals by their
definition (at its ends the count would just be odd), variances by their textbook formula.
"""

import csv
import gzip
import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import fmean, stdev

import pytest
from django.db import transaction

from ambidesk.across.importing.clients.manner import read_manner
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.taking_in import Report, take_in
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.service.assets.arranging import arrange_class, arrange_model
from ambidesk.service.assets.models import Asset, AssetModel, Repair
from ambidesk.service.assets.registering import Wanted, register_many
from ambidesk.service.assets.rules.costs import Spent, cost_per_time, mean_cost
from ambidesk.service.assets.rules.histories import YEAR_DAYS, Window, exposure, gaps
from ambidesk.service.assets.rules.lives import Life, median_life, survival
from ambidesk.service.assets.rules.meters import Shown, lives_by_wear
from ambidesk.service.assets.rules.rates import (
    Exposure,
    failure_rate,
    rate_ratio,
    time_between_failures,
)
from ambidesk.service.assets.statistics import figures_of_model, histories_of
from tests.corpora.places import SHARED

EXCAVATORS = SHARED / "equipment-excavators" / "excavators.csv.gz"
MACHINES = SHARED / "equipment-ai4i2020" / "ai4i2020.csv.gz"
# In the file's own words: PM01 is corrective work, the rest is planned, inspections, rebuilding.
MAPPING = b"""
currency = "AUD"
[columns]
serial = "Asset"
date = "BscStartDate"
note = "OriginalShorttext"
kind = "PMType"
cost = "Cost"
[kinds]
failures = ["PM01"]
others = ["PM02", "PM04", "PM05", "PM06", "PM13"]
"""
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of the file, and until when it tells."""

    report: Report
    again: Report
    model: AssetModel
    until: date

    def asset(self, serial):
        return Asset.objects.get(model=self.model, serial=serial)

    def histories(self):
        rows = Asset.objects.filter(model=self.model)
        names = dict(rows.values_list("pk", "serial"))
        return {names[each.asset]: each for each in histories_of(rows)}


def brought_in():
    with EXCAVATORS.open("rb") as file:
        manner = read_manner(MAPPING, Sheet.REPAIRS)
        return take_in(file, Sheet.REPAIRS, dry_run=False, manner=manner, by=SYSTEM, at=NOW)


@pytest.fixture(scope="module")
def excavators(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        mine = register(None, Profile(name="Mine"), by=SYSTEM, at=NOW)
        kind = arrange_class(None, name="Excavators", by=SYSTEM, at=NOW)
        model = arrange_model(None, kind=kind, vendor="Maker", name="EX", by=SYSTEM, at=NOW)
        wanted = [(mine, Wanted(model=model, serial=serial)) for serial in "ABCDE"]
        register_many(wanted, known_since=NOW.date(), by=SYSTEM, at=NOW)
        report, again = brought_in(), brought_in()
        yield Imported(report=report, again=again, model=model, until=plain()[1])
        transaction.set_rollback(True)


def plain():
    """Read the work orders anew, without the one whose text broke its row."""
    read = [row for row in rows(EXCAVATORS) if row["PMType"].startswith("PM")]
    days = defaultdict(list)
    for row in read:
        days[row["Asset"]].append(row)
    last = max(date.fromisoformat(row["BscStartDate"]) for row in read)
    return days, last + timedelta(days=1)


@pytest.mark.django_db
def test_a_row_broken_by_a_comma_is_named_and_all_others_come_in_once(excavators) -> None:
    whole = len(rows(EXCAVATORS))
    assert {each.column for each in excavators.report.problems} == {"kind", "cost"}
    assert (excavators.report.rows, excavators.report.held) == (whole, 1)
    assert excavators.report.new == excavators.again.unchanged == whole - 1
    assert (excavators.again.new, excavators.again.changed) == (0, 0)
    for name, kept in plain()[0].items():
        repairs = Repair.objects.filter(asset=excavators.asset(name))
        assert repairs.count() == len(kept)
        assert {row.currency for row in repairs} <= {"AUD", ""}
        assert sum(row.cost for row in repairs) == sum(Decimal(row["Cost"]) for row in kept)


@pytest.mark.django_db
def test_failures_of_excavators_their_rates_and_intervals(excavators) -> None:
    window = Window(since=date(2000, 1, 1), until=excavators.until)
    histories = excavators.histories()
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


@pytest.mark.django_db
def test_the_page_of_the_model_counts_them(excavators) -> None:
    figures = figures_of_model(excavators.model, by=SYSTEM, at=NOW)
    days, _end = plain()
    failed = sum(row["PMType"] == "PM01" for kept in days.values() for row in kept)
    begun = [min(date.fromisoformat(row["BscStartDate"]) for row in kept) for kept in days.values()]
    known = sum((NOW.date() + timedelta(days=1) - day).days for day in begun) / 365.25
    assert figures.whole.seen.events == failed
    assert figures.whole.seen.time == pytest.approx(known)
    assert figures.currency == "AUD"


@pytest.mark.django_db
def test_times_between_failures_of_excavators_with_what_is_still_running(excavators) -> None:
    window = Window(since=date(2000, 1, 1), until=excavators.until)
    history = excavators.histories()["A"]
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


@pytest.mark.django_db
def test_what_excavators_cost_with_intervals(excavators) -> None:
    days, end = plain()
    spent = []
    for name, kept in days.items():
        repairs = Repair.objects.filter(asset=excavators.asset(name))
        costs = [float(row["Cost"]) for row in kept if row["PMType"] == "PM01"]
        cost = mean_cost([float(row.cost) for row in repairs if row.is_failure])
        assert cost.value == pytest.approx(fmean(costs))
        error = stdev(costs) / math.sqrt(len(costs))
        assert 1.96 * error < cost.high - cost.value < 2.0 * error
        began = excavators.histories()[name].began
        time = (excavators.until - began).days / YEAR_DAYS
        spent.append(Spent(cost=float(sum(row.cost for row in repairs)), time=time))
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
