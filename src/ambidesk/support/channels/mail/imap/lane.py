"""
The lane of mailboxes: an attendant for each mail channel that has one, as channels come and go.

A mailbox that is slow or dead holds its own thread only.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from ambidesk.ground.kernel.pumps import Lane
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.channels.committing import Committer
from ambidesk.support.channels.mail.account import ImapAccess, account_of
from ambidesk.support.channels.mail.imap.attending import Attendant
from ambidesk.support.channels.mail.imap.positions import stay
from ambidesk.support.conversations.models import Channel, ChannelKind, Trouble, Way
from ambidesk.support.conversations.reporting import Health, tell_health

EVERY: Final = 2.0
FAREWELL_SECONDS: Final = 5.0


@dataclass(kw_only=True)
class Mailboxes:
    """The lane of a worker; `run` works until it is told to stop."""

    name: str = "mailboxes"
    _me: str = field(default_factory=lambda: uuid4().hex)
    _attended: dict[int, tuple[ImapAccess, Attendant]] = field(default_factory=dict)
    _committer: Committer | None = None

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set and what is under way is committed."""
        self._committer = Committer()
        Lane(self.name, self.look, every=EVERY).run(stop)
        leaving = [self._attended.pop(number)[1] for number in list(self._attended)]
        for attendant in leaving:
            attendant.stop.set()
        deadline = time.monotonic() + FAREWELL_SECONDS
        for attendant in leaving:
            attendant.join(max(0.0, deadline - time.monotonic()))
        self._committer.close()

    def look(self) -> int:
        """Begin and end attendants as channels ask for it, and say that we are still there."""
        wanted = {
            channel.pk: (channel, access)
            for channel in Channel.objects.filter(kind=ChannelKind.EMAIL, enabled=True)
            if (access := self._access_of(channel))
        }
        for number, (access, attendant) in list(self._attended.items()):
            if number not in wanted or wanted[number][1] != access or not attendant.is_alive():
                attendant.stop.set()
                del self._attended[number]
        for number, (channel, access) in wanted.items():
            if number not in self._attended:
                self._begin(channel, access)
        stay(self._me, list(self._attended), at=datetime.now(UTC))
        return 0

    def _begin(self, channel: Channel, access: ImapAccess) -> None:
        if self._committer is None:
            self._committer = Committer()
        attendant = Attendant(channel, access, name=self._me, committer=self._committer)
        self._attended[channel.pk] = (access, attendant)
        attendant.start()

    def _access_of(self, channel: Channel) -> ImapAccess | None:
        try:
            return account_of(channel).imap
        except Refusal as unreadable:
            health = Health(trouble=Trouble.UNREADABLE, detail=str(unreadable))
            by = Actor(kind=ActorKind.CHANNEL, id=channel.pk)
            tell_health(channel, Way.IN, health=health, by=by, at=datetime.now(UTC))
            return None
