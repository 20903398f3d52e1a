"""Memory: what the processes of a desk hold, shared pages counted once among them (PSS)."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

MEBIBYTE = 1024


def held_by(place: Path) -> Mapping[str, float]:
    """MiB of each process that works on a data directory, by its number and command."""
    found = {}
    for process in _processes(place):
        try:
            rollup = (process / "smaps_rollup").read_text()
            words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        kibibytes = sum(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")
        found[f"{process.name} {' '.join(words[:7]).strip()}"] = kibibytes / MEBIBYTE
    return found


def _processes(place: Path) -> Iterator[Path]:
    """Those that were started for the directory: it stands in their environment or command."""
    marks = {f"AMBIDESK_DATA={place}".encode(), str(place).encode()}
    parents: dict[str, str] = {}
    ours: set[str] = set()
    every = [each for each in Path("/proc").iterdir() if each.name.isdecimal()]
    for process in every:
        try:
            told = (process / "environ").read_bytes().split(b"\0")
            told += (process / "cmdline").read_bytes().split(b"\0")
            parents[process.name] = (process / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if marks & set(told) or _works_in(process, place):
            ours.add(process.name)
    ours.discard(str(os.getpid()))
    for process in every:
        if process.name in ours or parents.get(process.name) in ours:
            yield process


def _works_in(process: Path, place: Path) -> bool:
    try:
        return (process / "cwd").readlink().is_relative_to(place)
    except OSError:
        return False
