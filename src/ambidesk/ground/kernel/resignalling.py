"""Signals again, from the journal: a kill between commit and signal loses none for long."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.kernel.signals import signal

# What is older has long been fetched again by the screens that show it.
RECENT = timedelta(minutes=1)
# From the ids of subjects to the topics of the screens that show them.
Topics = Callable[[Collection[int]], Iterable[str]]


def signal_again(entries: Sequence[Entry], *, topics: Mapping[str, Topics], at: datetime) -> int:
    """Signal the topics of what happened within the last minute; say how many."""
    subjects: dict[str, set[int]] = {}
    for entry in entries:
        if entry.subject_kind in topics and entry.at >= at - RECENT:
            subjects.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    found = {topic for kind, ids in subjects.items() for topic in topics[kind](sorted(ids))}
    for topic in sorted(found):
        signal(topic)
    return len(found)
