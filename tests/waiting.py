"""
Waiting for what another thread or process does.

The bound says only that it comes about, and not how soon: a machine that is busy with other things
takes a minute to start a worker, and nobody waits longer where all goes well.
"""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE_SECONDS = 120.0
Found = TypeVar("Found")


def wait_for(condition: Callable[[], Found], *, seconds: float = PATIENCE_SECONDS) -> Found:
    """Wait until the condition holds; give what it gave."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)
    return found
