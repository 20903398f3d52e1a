"""A mark on a data directory that is being filled; a desk does not start on one that has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

MARK = "restore-unfinished"


@contextmanager
def unfinished(place: Path) -> Iterator[None]:
    """Mark the directory until the block has gone through without a fault."""
    (place / MARK).touch()
    yield
    (place / MARK).unlink()


def require_finished(place: Path) -> None:
    """
    Check that nothing was left half filled.

    Raises:
        Trouble: a restore into it did not finish.
    """
    if (place / MARK).exists():
        raise Trouble(
            _(
                "A backup was being restored into %(place)s and that did not finish. Remove the "
                "directory and restore again."
            )
            % {"place": place}
        )
