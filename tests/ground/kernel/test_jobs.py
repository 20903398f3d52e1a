"""Jobs: deferred with the change, run soon after its commit, rescued from dead workers."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.exceptions import ConnectorException

from ambidesk.ground.kernel import jobs
from ambidesk.ground.kernel.jobs import JobNotFailed, Periodic, Retry, job
from ambidesk.ground.kernel.jobs import working as lane
from ambidesk.ground.kernel.jobs.failing import report_failed
from ambidesk.ground.kernel.jobs.rescuing import rescue
from ambidesk.ground.kernel.jobs.schedule import defer_due
from ambidesk.ground.kernel.jobs.working import WorkerLane
from ambidesk.ground.kernel.models import Problem
from tests.ground.kernel import jobs_of_tests as ours
from tests.ground.kernel.conftest import url_of
from tests.waiting import PATIENCE_SECONDS, wait_for

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OURS = WorkerLane()
WORKER = """
import signal, threading, django
django.setup()
from ambidesk.ground.kernel.jobs.working import WorkerLane
import tests.ground.kernel.jobs_of_tests
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
thread = threading.Thread(target=WorkerLane().run, args=(stop,))
thread.start()
thread.join()
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JOBS_TOLD", str(tmp_path / "told"))
    return tmp_path / "told"


def said(told: Path) -> list[str]:
    return told.read_text().splitlines() if told.exists() else []


def kept(stop: threading.Event) -> None:
    """Run the lane, and anew when it falls: a worker that loses the database amid a question ends."""
    while not stop.is_set():
        with suppress(ConnectorException, DatabaseError, psycopg.Error):
            OURS.run(stop)


@contextmanager
def working(run: Callable[[threading.Event], None] = OURS.run) -> Iterator[None]:
    """A worker in a thread of this process."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,))
    thread.start()
    try:
        wait_for(lambda: states("SELECT 1 FROM procrastinate_workers"))
        yield
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)
    assert not thread.is_alive()


@contextmanager
def process(database: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": psycopg_url(database),
        "DJANGO_SETTINGS_MODULE": "ambidesk.wiring.settings",
    }
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment)
    try:
        yield worker
    finally:
        worker.send_signal(signal.SIGCONT)
        worker.kill()
        worker.wait(PATIENCE_SECONDS)


def psycopg_url(database: str) -> str:
    """The address as DATABASE_URL has it."""
    parts = psycopg.conninfo.conninfo_to_dict(url_of(database))
    query = "&".join(f"{key}={value}" for key, value in parts.items() if key != "dbname")
    return f"postgresql:///{database}?{query}"


def states(sql: str = "SELECT status::text FROM procrastinate_jobs ORDER BY id") -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def test_a_job_runs_soon_after_the_commit(
    clone: str, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By itself the worker would look too late.
    monkeypatch.setattr(lane, "POLLING_SECONDS", 600.0)
    with working():
        ours.greet.defer(number=1)
        wait_for(lambda: said(told) == ["greeted 1"])
        with transaction.atomic():
            ours.greet.defer(number=2)
        wait_for(lambda: said(told) == ["greeted 1", "greeted 2"])
        wait_for(lambda: states() == [])


def test_what_is_rolled_back_is_never_run(clone: str, told: Path) -> None:
    with transaction.atomic():
        ours.greet.defer(number=1)
        transaction.set_rollback(True)
    assert states() == []


def test_a_failure_is_tried_again_and_then_stands_among_the_problems(
    clone: str, told: Path
) -> None:
    number = ours.stumble.defer(number=1)
    with working():
        wait_for(lambda: states() == ["failed"])
    assert said(told) == ["stumbled 1"] * 3
    now = datetime.now(UTC)
    assert (report_failed(at=now), report_failed(at=now)) == (1, 0)
    problem = Problem.objects.get(kind="job-failed", subject_kind="job", subject_id=number)
    assert problem.facts == {"job": "tests.stumble"}


def test_a_failed_job_can_be_run_again_and_is_told_again(clone: str, told: Path) -> None:
    number = ours.fail.defer(number=1)
    with working():
        wait_for(lambda: states() == ["failed"])
        report_failed(at=datetime.now(UTC))
        jobs.again(number, at=datetime.now(UTC))
        assert not Problem.objects.filter(solved_at=None).exists()
        wait_for(lambda: said(told) == ["failed 1"] * 2 and states() == ["failed"])
    assert report_failed(at=datetime.now(UTC)) == 1
    with pytest.raises(JobNotFailed):
        jobs.again(number + 1, at=AT)


def test_a_worker_killed_in_the_middle_is_survived(clone: str, told: Path) -> None:
    ours.die_once.defer(number=1)
    with process(clone) as first:
        assert first.wait(PATIENCE_SECONDS) == -signal.SIGKILL
    assert (said(told), states()) == (["died 1"], ["doing"])
    ours.die_once.defer(number=1)
    with process(clone):
        # A worker rescues as it starts, and may come to it before us.
        wait_for(lambda: rescue() or said(told) != ["died 1"])
        # The second has the same lock: it was held up by the dead one's.
        wait_for(lambda: said(told) == ["died 1", "survived 1", "survived 1"])
        wait_for(lambda: states() == [])


def test_a_worker_that_is_only_busy_is_not_taken_for_dead(clone: str, told: Path) -> None:
    ours.busy.defer(number=1)
    with process(clone) as worker:
        wait_for(lambda: said(told) == ["busy 1"])
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'"
            )
        assert rescue() == 0
        assert states() == ["doing"]
        worker.send_signal(signal.SIGCONT)
        wait_for(lambda: said(told) == ["busy 1", "done 1"])
        wait_for(lambda: states() == [])


def test_a_job_that_takes_down_every_worker_is_given_up(clone: str, told: Path) -> None:
    number = ours.greet.defer(number=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 10")
    assert rescue() == 1
    assert states() == ["failed"]
    assert report_failed(at=AT) == 1
    assert Problem.objects.get().subject_id == number


def test_the_worker_ends_when_the_database_is_gone_and_can_be_started_anew(
    clone: str, told: Path
) -> None:
    with working():
        pass
    assert states("SELECT id FROM procrastinate_workers") == []
    ours.greet.defer(number=1)
    with working():
        wait_for(lambda: said(told) == ["greeted 1"])


def test_a_worker_whose_sessions_were_cut_goes_on(clone: str, told: Path) -> None:
    with working(kept):
        ours.greet.defer(number=1)
        # What is cut before it is noted as done is done again.
        wait_for(lambda: said(told) == ["greeted 1"] and states() == [])
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        assert states(cut)
        ours.greet.defer(number=2)
        wait_for(lambda: said(told) == ["greeted 1", "greeted 2"])


def test_nothing_notifies_inside_the_transaction(clone: str) -> None:
    found = states(
        "SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'procrastinate_jobs'::regclass"
        " AND tgname LIKE '%notify%'"
    )
    assert found == []


def test_the_migration_can_be_taken_back(clone: str) -> None:
    call_command("migrate", "kernel", "0012", verbosity=0)
    assert len(states("SELECT tgname::text FROM pg_trigger WHERE tgname LIKE '%notify%'")) == 2


DAILY = Periodic(job=ours.nightly, every=timedelta(days=1), after=timedelta(hours=3))


def test_a_periodic_job_runs_once_a_period_and_knows_its_instant(clone: str, told: Path) -> None:
    assert defer_due([DAILY], at=AT) == 1
    assert defer_due([DAILY], at=AT + timedelta(hours=10)) == 0
    assert defer_due([DAILY], at=AT + timedelta(days=1)) == 1
    with working():
        wait_for(lambda: states() == [])
    assert sorted(said(told)) == ["night of 2026-03-02", "night of 2026-03-03"]


def test_what_fell_due_while_nobody_ran_is_done_once(clone: str) -> None:
    defer_due([DAILY], at=AT)
    assert defer_due([DAILY], at=AT + timedelta(days=30)) == 1


def test_a_clock_that_jumps_there_and_back_adds_one_run_only(clone: str) -> None:
    defer_due([DAILY], at=AT)
    assert defer_due([DAILY], at=AT + timedelta(days=3650)) == 1
    assert defer_due([DAILY], at=AT) == 0
    assert defer_due([DAILY], at=AT + timedelta(days=1)) == 1


@given(
    every=st.timedeltas(timedelta(seconds=1), timedelta(days=7)),
    after=st.timedeltas(timedelta(0), timedelta(days=1)),
    at=st.datetimes(
        datetime(2024, 1, 1),  # noqa: DTZ001 hypothesis takes naive bounds beside the zone
        datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
)
def test_the_last_due_instant_is_the_last(every: timedelta, after: timedelta, at: datetime) -> None:
    periodic = Periodic(job=ours.nightly, every=every, after=after)
    due_at = periodic.last_due(at)
    assert due_at <= at < due_at + every
    assert periodic.last_due(due_at) == due_at
    assert periodic.last_due(due_at + every) == due_at + every


@given(
    times=st.integers(0, 50),
    first=st.timedeltas(timedelta(seconds=1), timedelta(hours=1)),
    jitter=st.floats(0, 1, exclude_max=True),
)
def test_pauses_grow_to_the_last_and_end_after_the_tries(
    times: int, first: timedelta, jitter: float
) -> None:
    retry = Retry(times=times, first=first, last=timedelta(hours=4))
    pauses = [retry.pause(each, jitter=jitter) for each in range(times)]
    assert None not in pauses
    assert retry.pause(times, jitter=jitter) is None
    plain = [retry.pause(each, jitter=0.0) for each in range(times)]
    assert plain == sorted(plain, key=lambda each: each or timedelta(0))
    assert all(each and first <= each <= timedelta(hours=6) for each in pauses)


def test_a_job_takes_ids_by_keyword_only() -> None:
    with pytest.raises(TypeError, match="words"):

        @job("tests.wordy", retry=jobs.NEVER)
        def wordy(*, words: str) -> None: ...

    with pytest.raises(TypeError, match="number"):

        @job("tests.positional", retry=jobs.NEVER)
        def positional(number: int) -> None: ...


def test_a_job_is_not_deferred_without_its_ids(clone: str) -> None:
    with pytest.raises(TypeError, match="number"):
        ours.greet.defer()  # type: ignore[call-arg]
    assert states() == []
