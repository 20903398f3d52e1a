"""The parser process: reads a mail, answers what is in it, until its input ends.

It sees neither Django nor the database nor a secret, and lives under limits of memory and of CPU
time per mail; its parent holds the clock and ends it, and its input ends when the parent is gone.
"""

import ctypes
import os
import resource
import sys
from typing import BinaryIO, Final

from ambidesk.support.channels.mail.parsing.frames import LENGTH, frame
from ambidesk.support.channels.mail.parsing.reading import parse
from ambidesk.support.channels.mail.parsing.transport import pack

_CPU_SECONDS: Final = 10
_ADDRESS_SPACE_BYTES: Final = 512 * 1024 * 1024
_OPEN_FILES: Final = 16
_PR_SET_NO_NEW_PRIVS: Final = 38


def main(cpu_seconds: int = _CPU_SECONDS) -> None:
    """Answer mails until standard input ends, in at most so much CPU time each."""
    _limit()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while (raw := _next(requests)) is not None:
        _allow_cpu(cpu_seconds)
        answers.write(frame(pack(parse(raw))))
        answers.flush()


def _next(requests: BinaryIO) -> bytes | None:
    head = requests.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    raw = requests.read(length)
    return raw if len(raw) == length else None


def _limit() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE_BYTES, _ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, resource.getrlimit(resource.RLIMIT_NPROC)[1]))


def _allow_cpu(seconds: int) -> None:
    """Move the limit of CPU time ahead of what earlier mails have used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    try:
        main(*map(int, sys.argv[1:]))
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)
