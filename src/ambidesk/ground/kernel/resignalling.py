"""Signals again, from the journal: a kill between commit and signal loses none for long."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.kernel.signals import signal

# What is older has long been fetched again by the screens that show it.
RECENT = timedelta(minutes=1)
# From what happened to the topics, with their notes, of the screens that show it.
Topics = Callable[[Sequence[Entry]], Iterable[tuple[str, str]]]


def signal_again(entries: Sequence[Entry], *, topics: Mapping[str, Topics], at: datetime) -> int:
    """Signal the topics of what happened within the last minute; say how many."""
    subjects: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.subject_kind in topics and entry.at >= at - RECENT:
            subjects.setdefault(entry.subject_kind, []).append(entry)
    found = {told for kind, those in subjects.items() for told in topics[kind](those)}
    for topic, note in sorted(found):
        signal(topic, note=note)
    return len(found)
