"""
The lane of sending: looks twice a second which channels have something due, a thread for each.

A server that is slow or dead holds its own channel's thread only; it is asked again after a rest.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import structlog
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from ambidesk.ground.kernel import outbox
from ambidesk.ground.kernel.holding import held_since
from ambidesk.ground.kernel.pumps import Lane
from ambidesk.support.channels.resealing import renew_seals
from ambidesk.support.conversations.models import Channel, Delivery, DeliveryState, Trouble

log = structlog.get_logger(__name__)
EVERY = 0.5
# How often it is asked whether a worker died that held mail.
FREE_EVERY = 5.0
# How long a channel rests: its server could not be used; nothing could leave; we failed ourselves.
SERVER_REST, IDLE_REST, FAULT_REST = 20.0, 2.0, 60.0
# The supervisor waits 15 s for a worker: mails under way arrive before.
FAREWELL_SECONDS = 12.0
# What has just sent waits for more, as long as few others do: to begin again costs a session.
# How a channel is set up is read again after a while.
LINGER_SECONDS, FRESH_SECONDS, CROWD = 3.0, 30.0, 8
# Each holds a connection to the database.
MOST_THREADS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """
    What came of one round; `trouble` says that the server is of no use for now.

    `rest` is for how many seconds, where the server said so.
    """

    found: int = 0
    sent: int = 0
    trouble: Trouble | None = None
    rest: float = 0.0


class PostOffice(Protocol):
    """Works off the due deliveries of one channel: `run` is one round of some of them."""

    def run(self) -> Posted:
        """Send what is due now, up to a batch."""


# From a channel, and the question whether to stop, to its post office.
Opened = Callable[[Channel, Callable[[], bool]], PostOffice]


class Sending:
    """The lane of a worker; `run` works until it is told to stop. `offices` are by kind."""

    name = "sending"

    def __init__(self, offices: Mapping[str, Opened]) -> None:
        self._offices = offices
        self._busy: dict[int, threading.Thread] = {}
        self._rests_until: dict[int, float] = {}
        self._stop = threading.Event()
        self._frees_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set and what is under way has arrived."""
        self._stop = stop
        renew_seals()
        Lane(self.name, self.look, every=EVERY).run(stop)
        deadline = time.monotonic() + FAREWELL_SECONDS
        for thread in list(self._busy.values()):
            thread.join(max(0.0, deadline - time.monotonic()))

    def look(self) -> int:
        """Give a thread to each channel that has due mail and neither works nor rests."""
        if time.monotonic() >= self._frees_at:
            self._frees_at = time.monotonic() + FREE_EVERY
            outbox.free_of_dead(Delivery.objects.filter(state=DeliveryState.WAITING))
        if held_since() is None:
            for channel in channels_with_mail(list(self._offices), at=datetime.now(UTC)):
                self._start(channel)
        # Threads do the work: there is nothing to look at again at once.
        return 0

    def _start(self, channel: Channel) -> None:
        rests = self._rests_until.get(channel.pk, 0.0) > time.monotonic()
        if rests or channel.pk in self._busy or len(self._busy) >= MOST_THREADS:
            return
        thread = threading.Thread(
            target=self._work, args=(channel,), name=f"{self.name}:{channel.pk}", daemon=True
        )
        self._busy[channel.pk] = thread
        thread.start()

    def _work(self, channel: Channel) -> None:
        """Send what a channel has, round by round, until nothing is due or the server fails."""
        rest, sent_at = 0.0, time.monotonic()
        until = sent_at + (FRESH_SECONDS if len(self._busy) < CROWD else 0.0)
        try:
            post = self._offices[channel.kind](channel, self._stop.is_set)
            while not self._stop.is_set():
                posted = post.run()
                if posted.trouble:
                    rest = posted.rest or SERVER_REST
                    break
                if not posted.found:
                    if time.monotonic() >= min(sent_at + LINGER_SECONDS, until):
                        break
                    self._stop.wait(EVERY)
                    continue
                sent_at = time.monotonic()
                if not posted.sent:
                    rest = IDLE_REST
                    break
        except Exception:  # what is due stays due, and other channels go on
            log.exception("sending-failed", channel=channel.pk)
            rest = FAULT_REST
        finally:
            connection.close()
            self._rests_until[channel.pk] = time.monotonic() + rest
            del self._busy[channel.pk]


def channels_with_mail(kinds: Sequence[str], *, at: datetime) -> QuerySet[Channel]:
    """The channels in use of some kinds that have something due which nobody holds."""
    due = Delivery.objects.filter(
        channel=OuterRef("pk"), state=DeliveryState.WAITING, due_at__lte=at
    )
    free = due.filter(leased_until=None) | due.filter(leased_until__lt=at)
    found = Channel.objects.filter(Exists(free), kind__in=kinds, enabled=True)
    return found.select_related("brand").order_by("pk")
