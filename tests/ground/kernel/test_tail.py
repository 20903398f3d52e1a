"""The tail: what one reader has read, every other in the process finds without asking."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import BEGINNING, tail
from tests.ground.kernel.happenings import write
from tests.waiting import wait_for


def _written(*things: int) -> list[journal.Entry]:
    """Write things and wait until they are final."""
    write(*things)
    wait_for(lambda: _things(journal.read_after(BEGINNING)) >= set(things))
    return journal.read_after(BEGINNING)


def _things(entries: list[journal.Entry]) -> set[int]:
    return {entry.data["thing_id"] for entry in entries if "thing_id" in entry.data}


def test_the_second_reader_asks_nothing_and_finds_the_same(clone: str) -> None:
    every = _written(1, 2, 3)
    assert journal.read_shared(BEGINNING, limit=100) == every
    with CaptureQueriesContext(connection) as seen:
        assert list(journal.read_shared(BEGINNING, limit=2)) == every[:2]
        assert list(journal.read_shared(every[0].position, limit=100)) == every[1:]
    assert len(seen) == 0


def test_whoever_stands_at_the_end_finds_what_came_since(clone: str) -> None:
    first = _written(1)
    journal.read_shared(BEGINNING, limit=100)
    every = _written(1, 2)
    assert list(journal.read_shared(first[-1].position, limit=100)) == every[len(first) :]
    assert list(journal.read_shared(BEGINNING, limit=100)) == every


def test_a_reader_far_behind_reads_all_and_does_not_take_the_tail_from_the_others(
    clone: str, monkeypatch: object
) -> None:
    every = _written(*range(1, 31))
    middle = every[14].position
    journal.read_shared(middle, limit=100)
    kept = tail._tails[clone]
    assert list(journal.read_shared(BEGINNING, limit=5)) == every[:5]
    assert tail._tails[clone] is kept


def test_only_the_newest_are_kept(clone: str) -> None:
    every = _written(*range(1, 31))
    short = tail._Tail(first=BEGINNING, positions=[], entries=[]).followed_by(every[:10])
    assert [*short.after(BEGINNING, 100)] == every[:10]
    assert [*short.after(every[9].position, 100)] == []
