"""
A job: a function by a name that stays, called with ids only, tried again as it says itself.

Deferred in the transaction of the change; the worker is woken after its commit.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, get_type_hints

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as Attempt

from ambidesk.ground.kernel.signals import signal

P = ParamSpec("P")
TOPIC = "jobs"
MULTIPLIER, MODULUS = 2_654_435_761, 2**32


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How often a failed job is tried again, after a pause that doubles from `first` to `last`."""

    times: int
    first: timedelta = timedelta(seconds=30)
    last: timedelta = timedelta(hours=4)

    def pause(self, failed_before: int, *, jitter: float) -> timedelta | None:
        """
        Say how long to wait after one more failure; None gives up.

        `jitter` in [0, 1) spreads those who failed together over half as much again.
        """
        if failed_before >= self.times:
            return None
        doublings: int = 2 ** min(failed_before, 30)
        return min(self.first * doublings, self.last) * (1 + jitter / 2)


NEVER = Retry(times=0)


class Job(Generic[P]):
    """A function that can be run now or deferred."""

    def __init__(self, name: str, function: Callable[P, object], *, lock: str | None) -> None:
        self.name = name
        self.lock = lock
        self._function = function
        self._instants = _checked(name, function)
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run it here and now."""
        self._function(*args, **kwargs)

    def defer(self, *args: P.args, **kwargs: P.kwargs) -> int:
        """Have a worker run it once this transaction is committed; return the job's number."""
        inspect.signature(self._function).bind(*args, **kwargs)
        ids: dict[str, Any] = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in kwargs.items()
        }
        lock = self.lock.format(**ids) if self.lock else None
        number = app.configure_task(self.name, lock=lock).defer(**ids)
        signal(TOPIC)
        return int(number)

    def takes(self, name: str) -> bool:
        """Say whether it has such a parameter."""
        return name in inspect.signature(self._function).parameters

    def work(self, **ids: Any) -> None:
        """Run it with ids as they lie in the database."""
        for name in self._instants:
            ids[name] = datetime.fromisoformat(ids[name])
        self(**ids)  # type: ignore[call-arg]  # checked when it was deferred


def job(
    name: str, *, retry: Retry, lock: str | None = None
) -> Callable[[Callable[P, object]], Job[P]]:
    """
    Make a function a job.

    The name is stored with each job and must stay. Two jobs with the same lock, such as
    "export:{ticket_id}", never run at once.
    """

    def made(function: Callable[P, object]) -> Job[P]:
        wrapped = Job(name, function, lock=lock)
        app.task(name=name, retry=_Strategy(retry))(wrapped.work)
        return wrapped

    return made


class _Strategy(BaseRetryStrategy):
    """Retry in procrastinate's words."""

    def __init__(self, retry: Retry) -> None:
        self._retry = retry

    def get_retry_decision(
        self,
        *,
        exception: BaseException,  # noqa: ARG002 part of the interface
        job: Attempt,
    ) -> RetryDecision | None:
        # The job's number as the seed: jobs that failed together do not come back together.
        jitter = (job.id or 0) * MULTIPLIER % MODULUS / MODULUS
        pause = self._retry.pause(job.attempts, jitter=jitter)
        return None if pause is None else RetryDecision(retry_at=datetime.now(UTC) + pause)


def _checked(name: str, function: Callable[..., object]) -> tuple[str, ...]:
    """Refuse what is no id or instant; name the instants."""
    hints = get_type_hints(function)
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not parameter.KEYWORD_ONLY or hints[parameter.name] not in {
            int,
            datetime,
        }:
            raise TypeError(f"{name}: {parameter.name} is not an id or instant by keyword")
    return tuple(each for each, hint in hints.items() if hint is datetime)
