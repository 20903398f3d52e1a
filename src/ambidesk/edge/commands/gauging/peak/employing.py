"""Employing: functions run in processes of their own, and end with the measurement."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess

import django

from ambidesk.edge.commands.opening import called
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.heap import settle

Job = tuple[str, Mapping[str, object]]
LEAVING_SECONDS = 20


@contextmanager
def employed(*jobs: Job) -> Iterator[Sequence[SpawnProcess]]:
    """Call `module:name` with its keywords, each in a process of its own, until the end."""
    context = get_context("spawn")
    people = [context.Process(target=_called, args=job, daemon=True) for job in jobs]
    for one in people:
        one.start()
    try:
        yield people
    finally:
        for one in people:
            one.terminate()
            one.join(LEAVING_SECONDS)


def finish(*jobs: Job) -> None:
    """
    Let all of them work to their end.

    Raises:
        Trouble: one failed.
    """
    with employed(*jobs) as people:
        for one in people:
            one.join()
        if any(one.exitcode for one in people):
            raise Trouble(_("A client of the measurement failed; its reason stands above."))


def _called(name: str, words: Mapping[str, object]) -> None:
    django.setup()
    do = called(name)
    settle()
    do(**words)
