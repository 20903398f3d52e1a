"""
The data directory as the server's user can name it.

Where that user cannot walk to it (it lies under a closed home directory), the name is that of an
open descriptor handed down, which needs no walk.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ambidesk.edge.commands.cluster.account import Account


@dataclass(frozen=True, kw_only=True, slots=True)
class Directory:
    """A name, and the descriptors that a child must get for it to be valid."""

    name: str
    descriptors: tuple[int, ...] = ()

    @classmethod
    @contextmanager
    def opened(cls, place: Path, account: Account) -> Iterator["Directory"]:
        """Name the place for the account."""
        if account.reaches(place):
            yield cls(name=str(place))
            return
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield cls(name=f"/proc/self/fd/{descriptor}", descriptors=(descriptor,))
        finally:
            os.close(descriptor)
