"""Parts of a real desk, run for a measurement: they end with it, however it ends."""

import os
import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ambidesk.edge.commands.gauging.figures import say
from ambidesk.edge.commands.supervising.part import ProcessPart
from ambidesk.edge.commands.supervising.tree import Tree

Works = Callable[[], bool]


def allow_files(files: int) -> None:
    """Let this process and its parts have so many connections, as far as the machine permits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = files if hard == resource.RLIM_INFINITY else min(files, hard)
    if soft != resource.RLIM_INFINITY and soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))


@contextmanager
def running(*parts: tuple[str, Sequence[str], Works]) -> Iterator[Tree]:
    """Run commands of ours, each with its name and how to tell that it works, until the end."""
    tree = Tree(say=say)
    logs = Path(os.environ["AMBIDESK_DATA"]) / "log"
    try:
        for name, command, works in parts:
            part = ProcessPart(
                name=name,
                command=command,
                environment=dict(os.environ),
                log_file=logs / f"{name}.log",
                works=works,
            )
            tree.start(part)
            tree.await_working(part)
        yield tree
    finally:
        tree.stop()
