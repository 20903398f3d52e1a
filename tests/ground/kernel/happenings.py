"""Events and an actor for the tests of the journal, and writers with connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar, TypeVar

from django.db import connection, transaction

from ambidesk.ground.kernel import journal
from tests.waiting import PATIENCE_SECONDS

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    kind: str = "system"
    id: int | None = None
    origin: journal.Origin = journal.Origin.LIVE
    behalf: int | None = None


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingHappened(journal.Event):
    kind: ClassVar[str] = "tests.thing_happened"
    subject: ClassVar[tuple[str, str]] = ("thing", "thing_id")

    thing_id: int


def write(*things: int, origin: str = "live") -> None:
    """Record that these happened."""
    events = [ThingHappened(thing_id=thing) for thing in things]
    journal.record_many(events, by=Somebody(origin=journal.Origin(origin)), at=AT)


class Writer:
    """A connection of its own, in a thread of its own, that does one thing after another."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)

    def do(self, work: Callable[[], Result]) -> Result:
        return self._thread.submit(work).result(timeout=PATIENCE_SECONDS)

    def begin(self) -> int:
        """Open a transaction and draw its number."""
        return self.do(_begin)

    def write(self, *things: int) -> None:
        self.do(lambda: write(*things))

    def commit(self) -> None:
        self.do(_commit)

    def roll_back(self) -> None:
        self.do(_roll_back)

    def close(self) -> None:
        self.do(lambda: connection.close())  # noqa: PLW0108 each thread has its own
        self._thread.shutdown()


def _begin() -> int:
    transaction.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def _commit() -> None:
    transaction.commit()
    transaction.set_autocommit(True)


def _roll_back() -> None:
    transaction.rollback()
    transaction.set_autocommit(True)
