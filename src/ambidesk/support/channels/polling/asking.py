"""Asking: a thread that asks one channel for what came, until it is told to stop."""

import threading
import time
from datetime import UTC, datetime
from typing import Final

import structlog
from django.db import close_old_connections, connection

from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.channels.access import BrokenAccess, access_of
from ambidesk.support.channels.contract.connector import Connector
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.polling.positions import advance, attend
from ambidesk.support.channels.taking import take
from ambidesk.support.conversations.models import Channel, Trouble, Way
from ambidesk.support.conversations.reporting import Health, tell_health

log = structlog.get_logger(__name__)
# The shortest time between two questions, the pauses after failures, and while another asks.
BETWEEN, FIRST_PAUSE, LAST_PAUSE, ELSEWHERE = 0.2, 1.0, 60.0, 5.0
CRASH_POINTS: Final = ("poll:taken",)


class Asker(threading.Thread):
    """Asks one channel; what fails is told and tried again, with growing pauses."""

    def __init__(self, channel: Channel, connector: Connector, *, name: str) -> None:
        super().__init__(name=f"polling:{channel.pk}", daemon=True)
        self.stop = threading.Event()
        self._channel = channel
        self._connector = connector
        self._attendant = name
        self._failures = 0

    def run(self) -> None:
        """Ask until told to stop."""
        while not self.stop.is_set():
            self.stop.wait(self._once())
        connection.close()

    def _once(self) -> float:
        """Ask once; say how long to wait."""
        began = time.monotonic()
        try:
            close_old_connections()
            position = attend(self._channel, attendant=self._attendant, at=datetime.now(UTC))
            if position is None:
                return ELSEWHERE
            poll = self._connector.poll(access_of(self._channel), position.marker)
            if poll.items:
                take(self._channel, poll.items, way="polling", at=datetime.now(UTC))
                crash_point("poll:taken")
            if poll.marker != position.marker:
                advance(position, marker=poll.marker)
        except Failure as failure:
            return self._tell(failure)
        except (BrokenAccess, CannotUnseal):
            return self._tell(Failure(Trouble.UNREADABLE))
        except Exception:  # the desk's own trouble: the messenger keeps what it has
            log.exception("channel-not-asked", channel=self._channel.pk)
            connection.close()
            self._failures += 1
            return self._pause()
        self._failures = 0
        self._say(Health())
        return max(0.0, BETWEEN - (time.monotonic() - began))

    def _tell(self, failure: Failure) -> float:
        self._failures += 1
        log.warning("asking-failed", channel=self._channel.pk, trouble=failure.trouble.value)
        if failure.is_of_channel:
            self._say(Health(trouble=failure.trouble, detail=failure.said))
        if failure.retry_after:
            return failure.retry_after.total_seconds()
        return self._pause()

    def _say(self, health: Health) -> None:
        by = Actor(kind=ActorKind.CHANNEL, id=self._channel.pk)
        tell_health(self._channel, Way.IN, health=health, by=by, at=datetime.now(UTC))

    def _pause(self) -> float:
        pause: float = min(FIRST_PAUSE * 2.0 ** min(self._failures - 1, 10), LAST_PAUSE)
        return pause
