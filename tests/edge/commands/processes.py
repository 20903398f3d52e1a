"""Looking at real processes: what a desk has left."""

import os
from pathlib import Path


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


def _is_zombie(entry):
    return "\nState:\tZ" in (entry / "status").read_text()
