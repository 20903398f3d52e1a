"""
Holders: the processes that hold leases, and which of them are known to be gone.

Only the own machine is judged: what runs elsewhere loses its leases by their time alone.
"""

import os
from functools import cache
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
# Of the words in /proc/PID/stat behind the name of the program: its instant of birth, in ticks.
BORN = 19


def me() -> str:
    """Name this process: machine since its start, processes it is among, number and birth."""
    return _name(os.getpid())


def is_gone(holder: str) -> bool:
    """Say whether a holder certainly lives no more; a number that was given anew is not it."""
    place, _colon, process = holder.rpartition(" ")
    number, _colon, born = process.partition(":")
    if not place or place != _place() or not number.isdigit():
        return False
    return _born(int(number)) != born


@cache
def _name(number: int) -> str:
    place = _place()
    return f"{place} {number}:{_born(number)}" if place else ""


@cache
def _place() -> str:
    """Where process numbers mean the same as here; "" where that cannot be told."""
    try:
        return f"{BOOT.read_text().strip()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _born(number: int) -> str:
    """When a process began; "" when there is none, also when only its exit is not yet read."""
    try:
        words = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if words[0] == "Z" else words[BORN]
