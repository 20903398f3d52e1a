"""A subscriber never misses an entry: with real connections, in whatever order they commit."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import BEGINNING, Position, reading
from tests.ground.kernel.conftest import url_of
from tests.ground.kernel.happenings import AT, Writer, write

WRITERS = 4


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def writers(clone: str) -> Iterator[list[Writer]]:
    made = [Writer() for _ in range(WRITERS)]
    yield made
    for writer in made:
        writer.close()


class Reader:
    """A subscriber that remembers what it saw."""

    def __init__(self, position: Position = BEGINNING, kinds: list[str] | None = None) -> None:
        self.position = position
        self.kinds = kinds
        self.seen: list[int] = []

    def read(self, limit: int = 3) -> list[int]:
        """Read all there is, in batches that are smaller than it."""
        before = len(self.seen)
        while entries := journal.read_after(self.position, kinds=self.kinds, limit=limit):
            assert entries[0].position > self.position
            assert [e.position for e in entries] == sorted(e.position for e in entries)
            self.seen += [entry.subject_id for entry in entries]
            self.position = entries[-1].position
        return self.seen[before:]


def test_an_older_transaction_that_draws_a_later_number_is_not_lost(writers: list[Writer]) -> None:
    older, younger, *_ = writers
    reader = Reader(journal.head())
    assert older.begin() < younger.begin()
    younger.write(2)
    younger.commit()
    assert reader.read() == []
    older.write(1)
    older.commit()
    assert reader.read() == [1, 2]


def test_what_is_rolled_back_never_happened(writers: list[Writer]) -> None:
    reader = Reader(journal.head())
    writers[0].begin()
    writers[0].write(1)
    writers[0].roll_back()
    write(2)
    assert reader.read() == [2]


STEPS = st.lists(
    st.tuples(
        st.integers(0, WRITERS - 1), st.sampled_from(["write", "commit", "roll back", "read"])
    ),
    min_size=6,
    max_size=60,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_the_order_of_commits_every_entry_is_read_once(
    writers: list[Writer], steps: list[tuple[int, str]]
) -> None:
    reader, thing = Reader(journal.head()), 0
    running: dict[int, list[int]] = {}
    committed: list[int] = []
    for which, step in [*steps, *((each, "commit") for each in range(WRITERS))]:
        if step == "read":
            reader.read()
        elif step == "write":
            if which not in running:
                writers[which].begin()
            thing += 1
            writers[which].write(thing)
            running.setdefault(which, []).append(thing)
        elif which in running:
            written = running.pop(which)
            writers[which].commit() if step == "commit" else writers[which].roll_back()
            committed += written if step == "commit" else []
    reader.read()
    assert sorted(reader.seen) == sorted(committed)


def test_many_writers_at_full_speed_lose_nothing(writers: list[Writer]) -> None:
    reader, rounds = Reader(journal.head()), 40

    def busy(first: int) -> None:
        for number in range(rounds):
            writers[first].begin()
            writers[first].write(first * 1000 + number)
            writers[first].commit()

    with ThreadPoolExecutor() as threads:
        busily = [threads.submit(busy, each) for each in range(WRITERS)]
        while not all(each.done() for each in busily):
            reader.read(limit=50)
    assert [each.exception() for each in busily] == [None] * WRITERS
    reader.read(limit=50)
    written = [first * 1000 + number for first in range(WRITERS) for number in range(rounds)]
    assert sorted(reader.seen) == written


def test_a_long_writer_in_another_database_delays_but_loses_nothing(clone: str) -> None:
    reader = Reader(journal.head())
    with psycopg.connect(url_of("postgres"), application_name="a long import") as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        write(1, 2)
        assert reader.read() == []
        held = journal.holder(at=now(), longer_than=timedelta(0))
        assert held is not None
        assert held.application == "a long import"
        assert held.pid == elsewhere.info.backend_pid
    assert reader.read() == [1, 2]
    write(3)
    assert reader.read() == [3]


def test_a_short_transaction_is_not_named_as_a_holder(clone: str) -> None:
    # Taken before: on a busy machine it may be seconds until we look.
    at = now()
    with psycopg.connect(url_of("postgres")) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        assert journal.holder(at=at) is None


def test_a_reader_of_rare_kinds_moves_on_to_the_horizon(clone: str) -> None:
    position = journal.head()
    write(1, 2, 3)
    until = journal.horizon()
    assert journal.read_after(position, kinds=["tests.never"], until=until) == []
    write(4)
    assert [entry.subject_id for entry in journal.read_after(until)] == [4]


def test_no_kinds_means_none_at_all(clone: str) -> None:
    position = journal.head()
    write(1)
    assert journal.read_after(position, kinds=[]) == []


def test_a_subjects_own_entries_are_read_in_the_order_written(clone: str) -> None:
    write(7, 8, 7)
    first, second = journal.entries_of("thing", 7)
    assert first.position.sequence < second.position.sequence
    assert (first.at, first.actor_kind, first.origin) == (AT, "system", "live")


def test_reading_asks_the_index_for_nothing_behind_the_horizon(clone: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN {reading.SELECT} WHERE (epoch, xid, sequence) > (1, 2, 3)"
            f" AND {reading.READABLE} ORDER BY epoch, xid, sequence LIMIT 500"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    condition = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert "pg_snapshot_xmin" in condition
