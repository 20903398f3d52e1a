"""A service desk's real log comes in whole; the figures equal a count straight from its file."""

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest

from ambidesk.across.importing.reconciling import Count
from ambidesk.across.importing.rules.mapping import read_mapping
from ambidesk.across.importing.taking_in import Taken, take_in
from ambidesk.across.insight.models import FactRow
from ambidesk.across.insight.questions import Question
from ambidesk.across.insight.reading import tallies
from ambidesk.across.insight.recounting import take
from ambidesk.across.insight.rules.facts import FactKind
from ambidesk.across.insight.rules.measures import Measure, value_of
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.corpora.places import SHARED

LOG = SHARED / "eventlog-servicenow-sample" / "incident_event_log.csv.gz"
MAPPING = Path(__file__).parents[2] / "docs" / "examples" / "servicenow.toml"
ENDED = {"Resolved", "Closed"}


@dataclass
class Told:
    """What the file itself says, counted with nothing of ours."""

    reactions: list[int] = field(default_factory=list)
    solutions: list[int] = field(default_factory=list)
    reopenings: int = 0
    incidents: int = 0
    rows: int = 0


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)


def counted() -> Told:
    """Go through the file by hand: first taken, solved, begun again."""
    incidents: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(LOG, "rt", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            incidents[row["number"]].append(row)
    told = Told(incidents=len(incidents), rows=sum(map(len, incidents.values())))
    for rows in incidents.values():
        rows.sort(key=lambda row: int(row["sys_mod_count"]))
        opened_at = _instant(rows[0]["opened_at"])
        now, was_taken, is_ended = opened_at, False, False
        for row in rows:
            now = max(now, _instant(row["sys_updated_at"]))
            since = int((now - opened_at).total_seconds())
            if row["assigned_to"] != "?" and not was_taken:
                was_taken = True
                told.reactions.append(since)
            ends = row["incident_state"] in ENDED
            if ends and not is_ended:
                told.solutions.append(since)
            told.reopenings += is_ended and not ends
            is_ended = ends
    return told


def taken_in(cast: Cast, *, dry_run: bool = False) -> Taken:
    mapping = read_mapping(f'brand = "{cast.shop.name}"\n' + MAPPING.read_text(encoding="utf-8"))
    return take_in(LOG, mapping, dry_run=dry_run, at=cast.at, progress=lambda _done, _of: None)


@pytest.fixture
def log(cast: Cast) -> Taken:
    taken = taken_in(cast)
    take(entries_by(f"{SELECT} ORDER BY sequence", []))
    return taken


def test_a_dry_run_says_all_and_writes_nothing(cast: Cast) -> None:
    taken = taken_in(cast, dry_run=True)
    assert len(taken.plan.new) == counted().incidents
    assert taken.plan.problems == ()
    assert not Ticket.objects.exists()


def test_the_whole_log_comes_in_and_counts_agree(log: Taken) -> None:
    told = counted()
    assert log.reconciliation
    assert log.reconciliation.agrees
    assert log.reconciliation.tickets == Count(file=told.incidents, desk=told.incidents)
    assert log.reconciliation.rows == Count(file=told.rows, desk=told.rows)
    assert Ticket.objects.count() == told.incidents


def test_the_same_log_again_brings_nothing_twice(cast: Cast, log: Taken) -> None:
    before = entries_by(f"{SELECT} ORDER BY sequence", [])
    again = taken_in(cast)
    assert again.plan.new == ()
    assert len(again.plan.unchanged) == counted().incidents
    assert len(entries_by(f"{SELECT} ORDER BY sequence", [])) == len(before)


def test_reactions_solutions_and_reopenings_equal_a_count_straight_from_the_file(
    cast: Cast, log: Taken
) -> None:
    told = counted()
    facts = FactRow.objects.all()
    waits = sorted(facts.filter(kind=FactKind.WAIT).values_list("value", flat=True))
    solved = facts.filter(kind=FactKind.SOLVED)
    assert waits == sorted(told.reactions)
    assert sorted(solved.values_list("value", flat=True)) == sorted(told.solutions)
    assert facts.filter(kind=FactKind.REOPENED).count() == told.reopenings
    assert told.reopenings > 0
    days = facts.order_by("at").values_list("at", flat=True)
    question = Question(first=days.first().date(), until=datetime(2027, 1, 1, tzinfo=UTC).date())
    shown = tallies(question, actor=cast.actor(cast.admin))
    # Times on pages are read from sums in steps of a tenth.
    for measure, exact in (
        (Measure.WAIT, median(told.reactions)),
        (Measure.RESOLUTION, median(told.solutions)),
    ):
        assert value_of(measure, shown) == pytest.approx(exact, rel=0.1)
    share = told.reopenings / len(told.solutions)
    assert value_of(Measure.REOPENED, shown) == pytest.approx(share, abs=0.0005)
    assert value_of(Measure.OPENED, shown) == told.incidents
