"""
The hub: topics and who listens to them, in one event loop.

Passing a hint on asks the database nothing; a slow listener keeps the latest hint of each topic.
After a gap, in which a revocation may have been missed, each listener is to be admitted anew.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ambidesk.ground.kernel.signals import NOTE

REVOKE = "revoke:user:"


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream: its user, its topics, and the hints it has not fetched yet, with notes."""

    user: int
    topics: frozenset[str]
    waiting: dict[str, str] = field(default_factory=dict)
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    is_closed: bool = False
    is_in_doubt: bool = False

    def tell(self, topic: str, note: str = "") -> None:
        """Leave a hint; the same topic twice is one hint, and two different notes are none."""
        self.waiting[topic] = note if self.waiting.get(topic, note) == note else ""
        self.awake.set()

    def doubt(self) -> None:
        """Have the stream looked at anew, and everything asked again if it may go on."""
        self.is_in_doubt = True
        for topic in self.topics:
            self.tell(topic)
        self.awake.set()

    def close(self) -> None:
        """End the stream."""
        self.is_closed = True
        self.awake.set()

    def fetch(self) -> dict[str, str]:
        """Take the hints that wait, each with its note."""
        hints, self.waiting = self.waiting, {}
        self.awake.clear()
        return hints


class Hub:
    """Who listens to what."""

    def __init__(self) -> None:
        self._by_topic: dict[str, set[Listener]] = defaultdict(set)
        self._by_user: dict[int, set[Listener]] = defaultdict(set)
        self._revoked: dict[int, int] = {}
        self.revocations = 0
        self.gaps = 0

    def join(self, listener: Listener) -> None:
        """Add a listener."""
        self._by_user[listener.user].add(listener)
        for topic in listener.topics:
            self._by_topic[topic].add(listener)

    def leave(self, listener: Listener) -> None:
        """Remove a listener; topics that nobody hears are forgotten."""
        self._drop(self._by_user, listener.user, listener)
        for topic in listener.topics:
            self._drop(self._by_topic, topic, listener)

    def streams_of(self, user: int) -> int:
        """How many streams a user has open."""
        return len(self._by_user.get(user, ()))

    def users(self) -> frozenset[int]:
        """Who has a stream open."""
        return frozenset(self._by_user)

    def heard_by(self, user: int) -> frozenset[str]:
        """The topics that the streams of a user listen to."""
        return frozenset(topic for each in self._by_user.get(user, ()) for topic in each.topics)

    def spread(self, topics: Iterable[str]) -> None:
        """Pass hints on; a revocation closes the streams of its user."""
        for each in topics:
            topic, _mark, note = each.partition(NOTE)
            if topic.startswith(REVOKE):
                self._revoke(topic.removeprefix(REVOKE))
            for listener in self._by_topic.get(topic, ()):
                listener.tell(topic, note)

    def is_revoked_since(self, revocations: int, user: int) -> bool:
        """Tell whether a user lost a right after the hub had counted so many revocations."""
        return self._revoked.get(user, 0) > revocations

    def spread_to_all(self) -> None:
        """Hint at everything and doubt everybody, as after signals may have been lost."""
        self.gaps += 1
        for listeners in self._by_user.values():
            for listener in listeners:
                listener.doubt()

    def close(self) -> None:
        """End all streams."""
        for listeners in list(self._by_user.values()):
            for listener in list(listeners):
                listener.close()

    def _revoke(self, user: str) -> None:
        if user.isdecimal():
            self.revocations += 1
            self._revoked[int(user)] = self.revocations
            for listener in list(self._by_user.get(int(user), ())):
                listener.close()

    @staticmethod
    def _drop(table: dict, key: object, listener: Listener) -> None:  # type: ignore[type-arg]  # two tables, one way
        listeners = table.get(key)
        if listeners is not None:
            listeners.discard(listener)
            if not listeners:
                del table[key]
