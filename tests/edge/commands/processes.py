"""Looking at real processes: what a desk has left, and waiting for something to become true."""

import os
import time
from pathlib import Path

PATIENCE_SECONDS = 20


def left_of(place, *, but=0):
    """The processes that work on a data directory, by command line, directory or environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) not in {but, os.getpid()}:
            try:
                if _is_zombie(entry):
                    continue
                words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
                works_there = str(place) in str((entry / "cwd").readlink())
            except OSError:
                continue
            if works_there or str(place).encode() in words:
                found.append(int(entry.name))
    return found


def wait_for(condition, *, seconds=PATIENCE_SECONDS):
    """Wait until the condition holds; give what it gave."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)
    return value


def _is_zombie(entry):
    return "\nState:\tZ" in (entry / "status").read_text()
