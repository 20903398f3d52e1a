"""
The reading process: one file from standard input, its words to standard output.

It sees neither Django nor the database nor a secret; limits of memory and CPU time end it, and
whatever it wrote until then counts.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from typing import Final

from ambidesk.ground.files.confining import confine
from ambidesk.ground.files.words import office, pdf
from ambidesk.ground.files.words.limits import CHARACTERS, CPU_SECONDS, MEMORY_BYTES

READERS: Final[dict[str, Callable[[bytes], Iterator[str]]]] = {
    "pdf": pdf.words_of,
    "office": office.words_of,
}


def main(kind: str) -> None:
    """Read, write, end."""
    confine(memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
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


if __name__ == "__main__":
    main(sys.argv[1])
