"""
Ledgers: what each side of the peak says happened, a line an event, in files beside the desk.

A line is in its file before its writer goes on: whoever is killed has told all that was done.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self


class Ledger:
    """One writer's file; lines hold words without blanks."""

    def __init__(self, place: Path, name: str) -> None:
        self._file = (place / f"{name}.ledger").open("a", buffering=1)

    def note(self, *words: object) -> None:
        """Write one line."""
        self._file.write(" ".join(map(str, words)) + "\n")

    def __enter__(self) -> Self:
        """Open it for a while."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()


def lines_of(place: Path, kind: str) -> Iterator[list[str]]:
    """Give the lines of all writers of one kind: their names begin with it."""
    for file in sorted(place.glob(f"{kind}*.ledger")):
        with file.open() as lines:
            for line in lines:
                yield line.split()
