"""Following: the journal's subscriber that looks at each new ticket."""

from collections.abc import Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.support.incidents.noticing import notice
from ambidesk.support.tickets.events import SuspensionLifted, TicketOpened

KINDS = (TicketOpened.kind, SuspensionLifted.kind)


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Notice the tickets that began."""
    if entries:
        notice([entry.subject_id for entry in entries], at=at)
