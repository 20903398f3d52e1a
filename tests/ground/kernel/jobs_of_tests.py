"""Jobs for the tests of jobs: they leave a line in a file, and one kills its own worker."""

import os
import signal
import threading
from datetime import datetime, timedelta
from pathlib import Path

from ambidesk.ground.kernel.jobs import NEVER, Retry, job


def tell(word: str) -> None:
    with Path(os.environ["JOBS_TOLD"]).open("a") as told:
        told.write(word + "\n")


@job("tests.greet", retry=NEVER)
def greet(*, number: int) -> None:
    tell(f"greeted {number}")


@job("tests.nightly", retry=NEVER)
def nightly(*, due_at: datetime) -> None:
    tell(f"night of {due_at:%Y-%m-%d}")


@job("tests.fail", retry=NEVER)
def fail(*, number: int) -> None:
    tell(f"failed {number}")
    raise ZeroDivisionError


@job("tests.stumble", retry=Retry(times=2, first=timedelta(seconds=0.1)))
def stumble(*, number: int) -> None:
    tell(f"stumbled {number}")
    raise ZeroDivisionError


@job("tests.die_once", retry=NEVER, lock="dying:{number}")
def die_once(*, number: int) -> None:
    known = Path(os.environ["JOBS_TOLD"])
    if not known.exists() or f"died {number}" not in known.read_text():
        tell(f"died {number}")
        os.kill(os.getpid(), signal.SIGKILL)
    tell(f"survived {number}")


@job("tests.busy", retry=NEVER)
def busy(*, number: int) -> None:
    """Keep everything in this process waiting, heartbeats too, as a hungry extension does."""
    tell(f"busy {number}")
    # At this thread: of a signal to the process the main thread is told, and until it wakes and stops
    # all of them, this one would go on and be done.
    signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
    tell(f"done {number}")
