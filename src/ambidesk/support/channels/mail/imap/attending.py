"""
Attending: a thread that keeps one mailbox read, tells how that goes, and never gives up.

It ends when it is told to, or when the mailbox's settings are no longer those it began with.
"""

import random
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

import structlog
from django.db import close_old_connections, connection

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.channels.committing import Committer
from ambidesk.support.channels.mail.account import ImapAccess
from ambidesk.support.channels.mail.imap.looking import Look
from ambidesk.support.channels.mail.imap.mailbox import Mailbox, MailboxFailed
from ambidesk.support.channels.mail.imap.positions import attend, leave, place_of
from ambidesk.support.channels.models import MailboxPosition
from ambidesk.support.conversations.models import Channel, Trouble, Way
from ambidesk.support.conversations.reporting import Health, tell_health

log = structlog.get_logger(__name__)
# A server that tells of nothing is looked at all the same; RFC 2177 asks for less than 29 minutes.
LOOK_SECONDS: Final = 240.0
FIRST_PAUSE, LAST_PAUSE = 5.0, 300.0
# Wrong passwords lock accounts: such a server is asked rarely until somebody changes something.
RARELY_SECONDS: Final = 120.0
ELSEWHERE_SECONDS: Final = 10.0
# What passes by itself is told only when it does not.
PASSING: Final = frozenset({Trouble.DROPPED, Trouble.TIMED_OUT, Trouble.BUSY, Trouble.UNREACHABLE})
TOLD_AFTER: Final = 3


class Attendant(threading.Thread):
    """Reads one mailbox until `stop` is set."""

    def __init__(
        self, channel: Channel, access: ImapAccess, *, name: str, committer: Committer
    ) -> None:
        super().__init__(name=f"mailbox:{channel.pk}", daemon=True)
        self.channel = channel
        self.stop = threading.Event()
        self._access = access
        self._attendant = name
        self._committer = committer
        self._failures = 0

    def run(self) -> None:
        """Attend the mailbox, again after each failure, with pauses that grow."""
        while not self.stop.is_set():
            self.stop.wait(self._once())
        with suppress(Exception):  # another attendant waits a little longer then
            leave(self.channel, attendant=self._attendant)
        connection.close()

    def _once(self) -> float:
        """Attend until something fails; say how long to wait then."""
        try:
            close_old_connections()
            position = self._position()
            if position is None:
                return ELSEWHERE_SECONDS
            self._attend(position)
        except MailboxFailed as failed:
            return self._tell(failed)
        except Exception:  # the desk's own trouble: the mailbox keeps what it has
            log.exception("mailbox-not-read", channel=self.channel.pk)
            connection.close()
            self._failures += 1
            return self._pause(FIRST_PAUSE)
        return 0.0

    def _position(self) -> MailboxPosition | None:
        return attend(
            self.channel,
            place_of(self._access),
            attendant=self._attendant,
            at=datetime.now(UTC),
        )

    def _attend(self, position: MailboxPosition | None) -> None:
        with Mailbox(self._access) as mailbox:
            while position is not None and not self.stop.is_set():
                looked_at = time.monotonic()
                Look(
                    channel=self.channel,
                    mailbox=mailbox,
                    position=position,
                    committer=self._committer,
                ).take()
                self._failures = 0
                self._say(Health())
                mailbox.wait(LOOK_SECONDS - (time.monotonic() - looked_at), stop=self.stop)
                close_old_connections()
                position = self._position()

    def _tell(self, failed: MailboxFailed) -> float:
        self._failures += 1
        log.warning("mailbox-failed", channel=self.channel.pk, trouble=failed.trouble.value)
        if failed.trouble not in PASSING or self._failures >= TOLD_AFTER:
            with suppress(Exception):  # it is told again with the next failure
                self._say(Health(trouble=failed.trouble, detail=failed.said))
        is_refused = failed.trouble in {Trouble.WRONG_PASSWORD, Trouble.NO_LOGIN}
        return self._pause(RARELY_SECONDS if is_refused else FIRST_PAUSE)

    def _say(self, health: Health) -> None:
        by = Actor(kind=ActorKind.CHANNEL, id=self.channel.pk)
        tell_health(self.channel, Way.IN, health=health, by=by, at=datetime.now(UTC))

    def _pause(self, first: float) -> float:
        pause: float = min(first * 2.0 ** min(self._failures - 1, 10), max(first, LAST_PAUSE))
        # Mailboxes that failed together do not come back together.
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 nothing is secret about it
