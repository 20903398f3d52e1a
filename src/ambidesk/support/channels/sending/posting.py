"""
Posting: due deliveries of a channel are leased and sent piece by piece by its connector.

A piece is put down before it is sent and named after: what was begun and not named is asked after,
where the messenger can say, and else sent again. A later message never overtakes an earlier one.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from ambidesk.ground.kernel import outbox
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.channels.access import BrokenAccess, access_of, connector_for
from ambidesk.support.channels.contract.connector import Access, Connector
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.models import SentPiece
from ambidesk.support.channels.sending.lane import Posted
from ambidesk.support.channels.sending.renewing import renew
from ambidesk.support.channels.sending.verdicts import fail
from ambidesk.support.channels.sending.work import Pacing, Work, work_of
from ambidesk.support.conversations.models import (
    Channel,
    Delivery,
    DeliveryState,
    Trouble,
    Way,
)
from ambidesk.support.conversations.permitting import permitted
from ambidesk.support.conversations.reporting import Health, tell_health
from ambidesk.support.tickets.delivering import mark_sent

AT_ONCE = 30
# Longer than any piece may take, before which it is renewed.
LEASE = timedelta(seconds=120)
CRASH_POINTS = ("piece-begun", "piece-accepted", "piece-named", "delivery-marked")


def post_office(channel: Channel, should_stop: Callable[[], bool]) -> "Post":
    """Open the post office of a channel that a connector serves."""
    return Post(channel=channel, should_stop=should_stop)


@dataclass(slots=True, kw_only=True)
class Post:
    """The post office of one channel: `run` is one round of up to 30 messages."""

    channel: Channel
    should_stop: Callable[[], bool]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _works: list[Work] = field(default_factory=list, init=False)
    _sent: int = field(default=0, init=False)
    _until: datetime = field(init=False)

    def run(self) -> Posted:
        """Work through what is due now."""
        at = self.clock()
        self._until, self._sent = at + LEASE, 0
        rows = permitted(outbox.lease(self._due(), at=at, lasting=LEASE, limit=AT_ONCE))
        if not rows:
            return Posted()
        try:
            connector, access = connector_for(self.channel), access_of(self.channel)
        except (BrokenAccess, CannotUnseal):
            return self._give_up(rows, Failure(Trouble.UNREADABLE))
        self._works = [work for row in rows if (work := self._prepared(row, connector))]
        trouble = self._send_all(connector, access)
        if trouble:
            return self._give_up([work.row for work in self._works], trouble, found=len(rows))
        self._give_back()
        if self._sent:
            self._tell(None)
        return Posted(found=len(rows), sent=self._sent)

    def _due(self) -> QuerySet[Delivery]:
        """What waits, as far as no earlier message to the same person is in difficulties."""
        mine = Delivery.objects.filter(channel=self.channel, state=DeliveryState.WAITING)
        stuck = mine.filter(
            recipient=OuterRef("recipient"), pk__lt=OuterRef("pk"), failing_since__isnull=False
        )
        return mine.exclude(Exists(stuck)).select_related("message__thread", "recipient")

    def _prepared(self, row: Delivery, connector: Connector) -> Work | None:
        """Cut a message into pieces; what can never be sent is refused at once."""
        try:
            return work_of(row, connector.manifest, at=self.clock())
        except Failure as failure:
            self._fail(row, failure)
            return None

    def _send_all(self, connector: Connector, access: Access) -> Failure | None:
        """Send piece by piece, each talk in its order; say what makes the whole channel stop."""
        pacing = Pacing(connector.manifest.pace)
        while self._works and not self.should_stop():
            work = pacing.choose(self._works)
            if work is None:
                time.sleep(pacing.pause)
                continue
            try:
                self._step(work, connector, access)
            except Failure as failure:
                if failure.is_of_channel or failure.is_for_all:
                    return failure
                self._fail(work.row, failure)
                self._leave(work)
            pacing.note(work)
        return None

    def _step(self, work: Work, connector: Connector, access: Access) -> None:
        """Send the next piece of a message, and mark the message when it was the last."""
        if not self._is_to_be_sent(work.row):
            self._works.remove(work)
            return
        if work.left:
            self._send(work, connector, access)
        if not work.left:
            mark_sent([work.row.pk], at=self.clock())
            self._works.remove(work)
            self._sent += 1
            crash_point("delivery-marked")

    def _send(self, work: Work, connector: Connector, access: Access) -> None:
        position, piece = work.left[0]
        begun, is_new = SentPiece.objects.get_or_create(
            delivery=work.row, position=position, defaults={"begun_at": self.clock()}
        )
        crash_point("piece-begun")
        try:
            name = None if is_new else connector.find(piece, access, since=begun.begun_at)
            name = name or connector.send(piece, access)
        except Failure as failure:
            if not failure.is_unknown:
                begun.delete()
            raise
        crash_point("piece-accepted")
        SentPiece.objects.filter(pk=begun.pk).update(external_id=name[:200])
        work.left.pop(0)
        crash_point("piece-named")

    def _is_to_be_sent(self, row: Delivery) -> bool:
        until = self.clock() + LEASE
        if not renew(row, held=row.leased_until or self._until, until=until):
            return False
        row.leased_until = until
        return True

    def _leave(self, failed: Work) -> None:
        """What goes to the same person after a message in difficulties waits for it."""
        self._works.remove(failed)
        behind = [each for each in self._works if each.talk == failed.talk]
        self._works = [each for each in self._works if each.talk != failed.talk]
        self._give_back(behind)

    def _give_back(self, works: list[Work] | None = None) -> None:
        for work in self._works if works is None else works:
            held = Delivery.objects.filter(pk=work.row.pk, state=DeliveryState.WAITING)
            held.filter(leased_until=work.row.leased_until or self._until).update(leased_until=None)

    def _give_up(
        self, rows: list[Delivery], failure: Failure, *, found: int | None = None
    ) -> Posted:
        """Put off everything: nothing else would fare better now."""
        fail(rows, failure, by=self._by, at=self.clock())
        if failure.is_of_channel:
            self._tell(failure)
        rest = failure.retry_after.total_seconds() if failure.retry_after else 0.0
        return Posted(
            found=len(rows) if found is None else found,
            sent=self._sent,
            trouble=failure.trouble,
            rest=rest,
        )

    def _fail(self, row: Delivery, failure: Failure) -> None:
        fail([row], failure, by=self._by, at=self.clock())

    def _tell(self, failure: Failure | None) -> None:
        health = Health(trouble=failure.trouble, detail=failure.said) if failure else Health()
        tell_health(self.channel, Way.OUT, health=health, by=self._by, at=self.clock())

    @property
    def _by(self) -> Actor:
        return Actor(kind=ActorKind.CHANNEL, id=self.channel.pk)
