"""
The data directory: made on first use, writable, with space left, used by one desk at a time.

The lock is the kernel's (flock), so it is free again however its holder ended.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ambidesk.edge.commands.cluster.complaints import full_disk
from ambidesk.edge.commands.cluster.initialising import unwritable
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

DEFAULT = "~/.local/share/ambidesk"
DEMO = "~/.local/share/ambidesk-demo"
# An empty cluster takes 40 MB and its log of changes 16 MB a piece.
LEAST_FREE_BYTES = 200 * 1024 * 1024


def data_directory(chosen: str | None, *, demo: bool = False) -> Path:
    """Name the data directory: chosen, from AMBIDESK_DATA, or the usual one; a demo has its own."""
    name = chosen or os.environ.get("AMBIDESK_DATA") or (DEMO if demo else DEFAULT)
    return Path(name).expanduser().absolute()


def prepare(place: Path) -> None:
    """
    Make the directory and check that it can be worked in.

    Raises:
        Trouble: it cannot be written, or its disk is full.
    """
    try:
        for name in ("", "files", "log"):
            directory = place / name
            if not directory.is_dir():
                directory.mkdir(mode=0o700 if name else 0o711, parents=True, exist_ok=True)
        probe = place / f".writable-{os.getpid()}"
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
    except OSError as wrong:
        raise unwritable(place, wrong) from wrong
    if shutil.disk_usage(place).free < LEAST_FREE_BYTES:
        raise full_disk(place)


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """
    Hold the directory for this desk alone.

    Raises:
        Trouble: another desk holds it.
    """
    descriptor = os.open(place / "ambidesk.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            holder = os.read(descriptor, 20).decode().strip() or "?"
            raise Trouble(
                _(
                    "Another Ambidesk (process %(pid)s) already works on %(place)s. Stop it first "
                    "(kill %(pid)s), or choose another directory with --data."
                )
                % {"pid": holder, "place": place}
            ) from taken
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        with suppress(OSError):
            os.close(descriptor)


def is_locked(place: Path) -> bool:
    """Tell whether a desk works on the directory at the moment."""
    try:
        with locked(place):
            return False
    except Trouble:
        return True
