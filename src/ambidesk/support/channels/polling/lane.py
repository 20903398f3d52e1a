"""
The lane of polling: an asker for each channel that wants to be asked, as channels come and go.

A messenger that is slow or dead holds its own thread only.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import Final
from uuid import uuid4

from ambidesk.ground.kernel.pumps import Lane
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.contract.registry import connector_of, kinds
from ambidesk.support.channels.polling.asking import Asker
from ambidesk.support.channels.polling.positions import stay
from ambidesk.support.conversations.models import Channel

EVERY: Final = 2.0
FAREWELL_SECONDS: Final = 5.0
# What an asker was begun with: another token or address begins another one.
Begun = tuple[str, str]


@dataclass(kw_only=True)
class Polling:
    """The lane of a worker; `run` works until it is told to stop."""

    name: str = "polling"
    _me: str = field(default_factory=lambda: uuid4().hex)
    _asked: dict[int, tuple[Begun, Asker]] = field(default_factory=dict)

    def run(self, stop: Event) -> None:
        """Work until `stop` is set and what is under way is committed."""
        Lane(self.name, self.look, every=EVERY).run(stop)
        leaving = [asker for _begun, asker in self._asked.values()]
        for asker in leaving:
            asker.stop.set()
        deadline = time.monotonic() + FAREWELL_SECONDS
        for asker in leaving:
            asker.join(max(0.0, deadline - time.monotonic()))

    def look(self) -> int:
        """Begin and end askers as channels ask for it, and say that we are still there."""
        rows = Channel.objects.filter(
            kind__in=kinds(), enabled=True, settings__way_in=WayIn.POLLING.value
        )
        wanted = {row.pk: row for row in rows}
        for number, (begun, asker) in list(self._asked.items()):
            row = wanted.get(number)
            if row is None or begun != _begun(row) or not asker.is_alive():
                asker.stop.set()
                del self._asked[number]
        for number, row in wanted.items():
            connector = connector_of(row.kind)
            if number not in self._asked and connector:
                asker = Asker(row, connector, name=self._me)
                self._asked[number] = (_begun(row), asker)
                asker.start()
        stay(self._me, list(self._asked), at=datetime.now(UTC))
        return 0


def _begun(row: Channel) -> Begun:
    return row.address, row.secret
