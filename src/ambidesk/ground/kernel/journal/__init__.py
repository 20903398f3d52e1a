"""
The journal: everything that happens, one append-only row each, in the transaction of the change.

Timeline, triggers, signals, audit and reports all read this one thing.
"""

from ambidesk.ground.kernel.journal.entry import BEGINNING, Acting, Entry, Origin, Position
from ambidesk.ground.kernel.journal.event import Event, PersonalData, upcast, upcaster
from ambidesk.ground.kernel.journal.reading import entries_of, head, raise_epoch, read_after
from ambidesk.ground.kernel.journal.recording import record, record_many

__all__ = [
    "BEGINNING",
    "Acting",
    "Entry",
    "Event",
    "Origin",
    "PersonalData",
    "Position",
    "entries_of",
    "head",
    "raise_epoch",
    "read_after",
    "record",
    "record_many",
    "upcast",
    "upcaster",
]
