"""
What postmaster.pid says about a server, told apart from what a dead one left behind.

Source: PostgreSQL, src/include/utils/pidfile.h: pid, directory, start, port, socket directory.
"""

import os
from dataclasses import dataclass
from pathlib import Path

SOCKET_LINE = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Postmaster:
    """A server that runs on a data directory."""

    pid: int
    socket_directory: Path | None


def running_on(directory: Path) -> Postmaster | None:
    """Find the live server of a data directory; a stale file counts as none."""
    try:
        lines = (directory / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    if not _is_postgres_of(pid, directory):
        return None
    socket = lines[SOCKET_LINE].strip() if len(lines) > SOCKET_LINE else ""
    return Postmaster(pid=pid, socket_directory=Path(socket) if socket else None)


def leaves_behind(directory: Path) -> bool:
    """
    Tell whether processes of a server that is gone still work in its directory.

    As long as one does, the memory that they share is in use, and no other server starts there.
    """
    return any(
        _works_in(entry, directory) for entry in Path("/proc").iterdir() if entry.name.isdecimal()
    )


def _works_in(process: Path, directory: Path) -> bool:
    try:
        is_server = (process / "comm").read_text() == "postgres\n"
        return is_server and (process / "cwd").samefile(directory)
    except OSError:
        # It has ended, or it is somebody else's.
        return False


def _is_postgres_of(pid: int, directory: Path) -> bool:
    """
    Tell whether the process is a server of this very directory.

    After a reboot its number may belong to anything, another cluster's server included; a
    server's working directory is its data directory.
    """
    try:
        if not _is_alive(pid):
            return False
        return Path(f"/proc/{pid}/cwd").samefile(directory)
    except PermissionError:
        # Alive and not ours to look into: the safe answer is that the directory is taken.
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
