"""Lanes: work while there is any, stop when told, outlive faults and restarts of the database."""

import os
import threading
import time
from collections.abc import Callable
from typing import Self

import psycopg
from django.db import connection

from ambidesk.ground.kernel import ephemeral, pumps
from ambidesk.ground.kernel.pumps import Lane
from tests.ground.kernel.conftest import url_of
from tests.waiting import PATIENCE_SECONDS


class Running:
    """A lane in a thread, whose looks are counted."""

    def __init__(self, run_once: Callable[[int], int], *, every: float = 600.0) -> None:
        self.stop = threading.Event()
        self.looks = 0
        self._run_once = run_once
        self._changed = threading.Condition()
        self.lane = Lane(f"tests:{id(self)}", self._look, every=every)
        self._thread = threading.Thread(target=self.lane.run, args=(self.stop,))

    def _look(self) -> int:
        with self._changed:
            self.looks += 1
            self._changed.notify_all()
            look = self.looks
        return self._run_once(look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()

    def has_looked(self, times: int, *, within: float = PATIENCE_SECONDS) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.looks >= times, within)


def test_a_lane_looks_again_at_once_while_it_finds_something(clone: str) -> None:
    with Running(lambda look: 1 if look < 5 else 0) as running:
        assert running.has_looked(5)
        assert not running.has_looked(6, within=0.1)


def test_a_lane_that_waits_looks_when_it_is_woken(clone: str) -> None:
    with Running(lambda _look: 0) as running:
        assert running.has_looked(1)
        pumps.wake(running.lane.name)
        assert running.has_looked(2)


def test_a_wake_during_the_work_is_not_lost(clone: str) -> None:
    def work(look: int) -> int:
        if look == 1:
            pumps.wake(running.lane.name)
        return 0

    running = Running(work)
    with running:
        assert running.has_looked(2)


def test_a_lane_that_waits_stops_soon_when_told() -> None:
    with Running(lambda _look: 0, every=600) as running:
        assert running.has_looked(1)
        told = time.monotonic()
    assert time.monotonic() - told < PATIENCE_SECONDS


def test_a_lane_outlives_what_its_work_throws(clone: str) -> None:
    def work(look: int) -> int:
        if look == 1:
            raise RuntimeError("poison")
        return 0

    with Running(work) as running:
        assert running.has_looked(2)


def test_a_lane_goes_on_after_its_session_was_ended(clone: str) -> None:
    answers: list[int] = []

    def work(look: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            answers.append(cursor.fetchone()[0])
            if look == 1:
                with psycopg.connect(url_of(clone), autocommit=True) as other:
                    other.execute("SELECT pg_terminate_backend(%s, 5000)", [answers[0]])
                cursor.execute("SELECT 1")
        return 0

    with Running(work) as running:
        assert running.has_looked(2)
        running.stop.set()
    assert len(answers) == 2
    assert answers[0] != answers[1]


def test_a_running_lane_is_seen_to_be_alive(clone: str) -> None:
    with Running(lambda _look: 0) as running:
        assert running.has_looked(1)
        assert pumps.beating() == {running.lane.name: 1}
        assert [pid for _host, pid in pumps.workers()] == [os.getpid()]
    ephemeral.close()
