"""Clients: several processes that do the same until the time is over, and tell what they did."""

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from time import monotonic, perf_counter

import django

from ambidesk.edge.commands.opening import called
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.heap import settle

Step = Callable[[], object]
Answers = SimpleQueue[list[float] | None]


def at_once(making: str, url: str, *, clients: int, seconds: float) -> list[list[float]]:
    """
    Let processes repeat a step for so many seconds; give the milliseconds of each step of each.

    `making` names a function `module:name` of the address and the number of a client that gives
    the step; it is called in the client's own process. All begin together.

    Raises:
        Trouble: a client failed.
    """
    context = get_context("spawn")
    ready, answers = context.Barrier(clients), context.SimpleQueue()
    workers = [
        context.Process(target=_work, args=(making, url, number, seconds, ready, answers))
        for number in range(clients)
    ]
    for worker in workers:
        worker.start()
    try:
        found = [answers.get() for _worker in workers]
    finally:
        for worker in workers:
            worker.terminate()
    if None in found:
        raise Trouble(_("A client of the measurement failed; its reason stands above."))
    return [times for times in found if times is not None]


def rate(steps: Sequence[Sequence[float]], *, seconds: float, each: int = 1) -> float:
    """Say how many things a second all of them did, each step being so many."""
    return sum(map(len, steps)) * each / seconds


def _work(  # noqa: PLR0917 a process is handed everything by position
    making: str, url: str, number: int, seconds: float, ready: Barrier, answers: Answers
) -> None:
    times: list[float] | None = None
    try:
        django.setup()
        step: Step = called(making)(url, number)
        step()
        # As the processes of the desk do.
        settle()
        ready.wait()
        times = _repeat(step, seconds)
    finally:
        if times is None:
            ready.abort()
        answers.put(times)


def _repeat(step: Step, seconds: float) -> list[float]:
    times = []
    until = monotonic() + seconds
    while monotonic() < until:
        began = perf_counter()
        step()
        times.append((perf_counter() - began) * 1000)
    return times
