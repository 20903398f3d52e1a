"""Logs of the parts: what the last line says, and an end to their growth."""

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

TAIL_BYTES = 8192
ERROR = re.compile(r"[\w.]+(Error|Exception|Refused|Timeout|NotFound)\b.*:")
CHATTER = re.compile(r"\[(INFO|DEBUG)\]|\{.*\"level\": \"(info|debug)\"")
LARGEST_BYTES = 20 * 1024 * 1024


def last_line(file: Path) -> str:
    """Give the last error of a log, else the last line that says something."""
    try:
        with file.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - TAIL_BYTES))
            lines = log.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    telling = [line.strip() for line in lines if line.strip() and not CHATTER.match(line)]
    errors = [line for line in telling if ERROR.match(line)]
    return (errors or telling or [""])[-1]


def shorten(file: Path) -> None:
    """Begin the log anew when it is large; the old one stays beside it until the next time."""
    with suppress(OSError):
        if file.stat().st_size > LARGEST_BYTES:
            # The part keeps its descriptor, opened for appending: so copied and cut, not renamed.
            shutil.copyfile(file, file.with_name(f"{file.name}.1"))
            os.truncate(file, 0)
