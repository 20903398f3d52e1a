"""Crews: processes that each do one thing of ours until they are done with it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

import django

from ambidesk.edge.commands.opening import called
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

CONTEXT = get_context("spawn")
WAIT_SECONDS = 60


@contextmanager
def crew(doing: str, *each: tuple[object, ...]) -> Iterator[Sequence[BaseProcess]]:
    """
    Let a process do `doing`, a function `module:name`, with each of the tuples of arguments.

    Whoever is not done WAIT_SECONDS after the block is ended.

    Raises:
        Trouble: one of them failed.
    """
    workers = [CONTEXT.Process(target=_do, args=(doing, arguments)) for arguments in each]
    try:
        for worker in workers:
            worker.start()
        yield workers
        for worker in workers:
            worker.join(WAIT_SECONDS)
        check(workers)
    finally:
        for worker in workers:
            worker.terminate()


def check(workers: Sequence[BaseProcess]) -> None:
    """
    See that all of them are well.

    Raises:
        Trouble: one of them failed.
    """
    if any(worker.exitcode for worker in workers):
        raise Trouble(_("A client of the measurement failed; its reason stands above."))


def _do(doing: str, arguments: tuple[object, ...]) -> None:
    django.setup()
    called(doing)(*arguments)
