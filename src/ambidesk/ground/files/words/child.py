"""
The reading process: one file from standard input, its words to standard output.

It sees neither Django nor the database nor a secret; limits of memory and CPU time end it, and
whatever it wrote until then counts.
"""

import ctypes
import logging
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Final

from ambidesk.ground.files.words import office, pdf
from ambidesk.ground.files.words.limits import CHARACTERS, CPU_SECONDS, MEMORY_BYTES

_PR_SET_NO_NEW_PRIVS: Final = 38
_OPEN_FILES: Final = 32
READERS: Final[dict[str, Callable[[bytes], Iterator[str]]]] = {
    "pdf": pdf.words_of,
    "office": office.words_of,
}


def main(kind: str) -> None:
    """Read, write, end."""
    _limit()
    # pypdf tells what it stumbled over; nobody listens here.
    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    left = CHARACTERS
    for piece in READERS[kind](content):
        text = piece[:left].replace("\0", " ")
        sys.stdout.buffer.write(text.encode("utf-8", "ignore"))
        sys.stdout.buffer.flush()
        left -= len(text)
        if left <= 0:
            return


def _limit() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, resource.getrlimit(resource.RLIMIT_NPROC)[1]))


if __name__ == "__main__":
    main(sys.argv[1])
