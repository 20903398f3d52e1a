"""
The journal: everything that happens, one append-only row each, in the transaction of the change.

Timeline, triggers, signals, audit and reports all read this one thing.
"""

from ambidesk.ground.kernel.journal.entry import BEGINNING, Acting, Entry, Origin, Position
from ambidesk.ground.kernel.journal.event import (
    Event,
    PersonalData,
    WrongKind,
    all_events,
    event_class,
    upcast,
    upcaster,
)
from ambidesk.ground.kernel.journal.horizon import Holder, holder, horizon
from ambidesk.ground.kernel.journal.keeping import ensure_partitions
from ambidesk.ground.kernel.journal.reading import (
    entries_of,
    entries_of_many,
    head,
    newest_sequence,
    raise_epoch,
    read_after,
    sequences_after,
)
from ambidesk.ground.kernel.journal.recording import record, record_many

__all__ = [
    "BEGINNING",
    "Acting",
    "Entry",
    "Event",
    "Holder",
    "Origin",
    "PersonalData",
    "Position",
    "WrongKind",
    "all_events",
    "ensure_partitions",
    "entries_of",
    "entries_of_many",
    "event_class",
    "head",
    "holder",
    "horizon",
    "newest_sequence",
    "raise_epoch",
    "read_after",
    "record",
    "record_many",
    "sequences_after",
    "upcast",
    "upcaster",
]
