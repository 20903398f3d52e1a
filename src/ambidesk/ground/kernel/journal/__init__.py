"""
The journal: everything that happens, one append-only row each, in the transaction of the change.

Timeline, triggers, signals, audit and reports all read this one thing.
"""

from ambidesk.ground.kernel.journal.auditing import Mark, Wanted, acts
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
    first_sequences,
    head,
    newest_sequence,
    raise_epoch,
    read_after,
    sequences_after,
)
from ambidesk.ground.kernel.journal.recording import record, record_many
from ambidesk.ground.kernel.journal.tail import read_shared

__all__ = [
    "BEGINNING",
    "Acting",
    "Entry",
    "Event",
    "Holder",
    "Mark",
    "Origin",
    "PersonalData",
    "Position",
    "Wanted",
    "WrongKind",
    "acts",
    "all_events",
    "ensure_partitions",
    "entries_of",
    "entries_of_many",
    "event_class",
    "first_sequences",
    "head",
    "holder",
    "horizon",
    "newest_sequence",
    "raise_epoch",
    "read_after",
    "read_shared",
    "record",
    "record_many",
    "sequences_after",
    "upcast",
    "upcaster",
]
