"""
Working: procrastinate's worker as a lane, woken by our own signals.

Its own LISTEN is not used: after an outage it may never be opened again. What fails beside the
jobs ends the worker, and whoever keeps the lanes starts it anew.
"""

import asyncio
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import structlog
from django.db import connection
from django.utils.module_loading import autodiscover_modules
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.db_cleanup import DjangoApp, close_db_connections
from procrastinate.job_context import JobContext
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from ambidesk.ground.kernel.jobs.job import TOPIC
from ambidesk.ground.kernel.jobs.rescuing import LOCK_CLASS, rescue
from ambidesk.ground.kernel.realtime.listening import listen

log = structlog.get_logger(__name__)
POLLING_SECONDS = 1.0
HEARTBEAT_SECONDS = 3.0
GRACE_SECONDS = 10.0
# Who is dead is decided by the rescuer: a busy worker must not be taken for one.
NEVER_PRUNED_SECONDS = 30 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLane:
    """The lane that runs jobs, a few at once."""

    name: str = "jobs"
    at_once: int = 2

    def run(self, stop: threading.Event) -> None:
        """Run jobs until `stop` is set; what runs then has ten seconds to end."""
        autodiscover_modules("jobs")
        rescue()
        parameters = dict(connection.get_connection_params())
        for key in ("cursor_factory", "context", "prepare_threshold"):
            parameters.pop(key, None)
        connection.close()
        asyncio.run(_work(parameters, at_once=self.at_once, stop=stop))


async def _work(parameters: Mapping[str, Any], *, at_once: int, stop: threading.Event) -> None:
    connector = PsycopgConnector(kwargs=dict(parameters), min_size=1, max_size=at_once + 2)
    app = DjangoApp(connector=connector)
    app.tasks = django_app.tasks
    locked = asyncio.Event()

    async def once_locked(call: AsyncCallNext, _context: JobContext, _worker: Worker) -> Any:
        # A job that keeps everything waiting must not begin before the sign of life stands.
        await locked.wait()
        return await call()

    async with app.open_async():
        worker = _worker(app, at_once=at_once, middleware=once_locked)
        beside = [
            asyncio.create_task(listen(worker, parameters)),
            asyncio.create_task(_keep_lock(worker, parameters, locked)),
            asyncio.create_task(_stop_when(stop, worker)),
        ]
        try:
            await worker.run()  # type: ignore[no-untyped-call]  # the library has none
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


class _Worker(Worker):
    """The library's worker, hearing of jobs by our signals."""

    _heard = False

    def spread(self, topics: Iterable[str]) -> None:
        if TOPIC in set(topics):
            self.spread_to_all()

    def spread_to_all(self) -> None:
        self._heard = True
        # The library sets this event when its own LISTEN hears of a job.
        self._new_job_event.set()

    async def _fetch_and_process_jobs(self) -> None:
        # After each fetch the library forgets what it heard, also what it heard meanwhile.
        self._heard = True
        while self._heard and not self._stop_event.is_set():
            self._heard = False
            await super()._fetch_and_process_jobs()  # type: ignore[no-untyped-call]


def _worker(app: DjangoApp, *, at_once: int, middleware: Any) -> _Worker:
    return _Worker(
        app,
        concurrency=at_once,
        listen_notify=False,
        fetch_job_polling_interval=POLLING_SECONDS,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=NEVER_PRUNED_SECONDS,
        shutdown_graceful_timeout=GRACE_SECONDS,
        delete_jobs="successful",
        install_signal_handlers=False,
        task_middleware=[close_db_connections],
        worker_middleware=[middleware],
    )


async def _keep_lock(worker: Worker, parameters: Mapping[str, Any], locked: asyncio.Event) -> None:
    """Hold the worker's lock on a session of its own: that it is gone shows that we are."""
    # Nothing of the library tells when it has got its number.
    while worker.worker_id is None:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **parameters, autocommit=True
            ) as session:
                # Cast: the two-key form takes integers, and no desk starts 2 billion workers.
                await session.execute(
                    "SELECT pg_advisory_lock(%s::int, %s::int)", [LOCK_CLASS, worker.worker_id]
                )
                locked.set()
                while True:
                    await asyncio.sleep(HEARTBEAT_SECONDS)
                    await session.execute("SELECT 1")
        except (psycopg.Error, OSError) as lost:
            log.warning("worker-lock-lost", reason=str(lost))
            await asyncio.sleep(POLLING_SECONDS)


async def _stop_when(stop: threading.Event, worker: Worker) -> None:
    # A thread sets it: an event of the loop cannot be awaited for that.
    while not stop.is_set():  # noqa: ASYNC110
        await asyncio.sleep(0.2)
    worker.stop()  # type: ignore[no-untyped-call]  # the library has none
