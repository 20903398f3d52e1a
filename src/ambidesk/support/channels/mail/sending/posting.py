"""
Posting: due deliveries of a channel are leased, handed in one by one, and marked at once.

Before its turn each is looked at again: what was taken back or erased meanwhile never leaves.
Without a connection all of them wait, with the reason; what the relay refuses stands in `verdicts`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from ambidesk.ground.kernel import ephemeral, outbox
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.mail.account import BrokenAccount
from ambidesk.support.channels.mail.composing.gathering import gather
from ambidesk.support.channels.mail.composing.letter import CannotBeWritten
from ambidesk.support.channels.mail.habits import Habits, habits_of
from ambidesk.support.channels.mail.sending.envelope import Writer
from ambidesk.support.channels.mail.sending.failure import ConnectionFailed
from ambidesk.support.channels.mail.sending.relay import Relay, relay_of
from ambidesk.support.channels.mail.sending.session import STEP_SECONDS, Session
from ambidesk.support.channels.sending.lane import Posted
from ambidesk.support.channels.sending.renewing import renew
from ambidesk.support.channels.sending.verdicts import fail
from ambidesk.support.conversations.models import (
    Channel,
    Delivery,
    DeliveryState,
    Trouble,
    Way,
)
from ambidesk.support.conversations.models.trouble import OF_CHANNEL
from ambidesk.support.conversations.permitting import permitted
from ambidesk.support.conversations.reporting import Health, tell_health
from ambidesk.support.tickets.delivering import note_sent, show

AT_ONCE = 50
# Longer than a mail may take, before which it is renewed. What a killed worker held is free as soon
# as another one of its machine looks (`outbox.free_of_dead`); only elsewhere this has to run out.
LEASE = timedelta(seconds=150)
# What is beside the mails is read together, and screens hear together of what left; so long.
TOGETHER = timedelta(seconds=1)


def waiting(channel: Channel) -> QuerySet[Delivery]:
    """The deliveries of a channel that have not left."""
    return Delivery.objects.filter(channel=channel, state=DeliveryState.WAITING)


def _now() -> datetime:
    return datetime.now(UTC)


def _never() -> bool:
    return False


def post_office(channel: Channel, should_stop: Callable[[], bool]) -> "Post":
    """Open the post office of a mail channel."""
    return Post(channel=channel, should_stop=should_stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The post office of one channel: `run` is one round of up to 50 mails."""

    channel: Channel
    clock: Callable[[], datetime] = _now
    should_stop: Callable[[], bool] = _never
    step: float = STEP_SECONDS
    _left: list[Delivery] = field(default_factory=list, init=False)
    _sent: list[int] = field(default_factory=list, init=False)
    _unshown: list[int] = field(default_factory=list, init=False)

    def run(self) -> Posted:
        """Work through what is due now."""
        at = self.clock()
        until = at + LEASE
        rows = waiting(self.channel).select_related("message__author", "recipient")
        self._left[:] = permitted(outbox.lease(rows, at=at, lasting=LEASE, limit=AT_ONCE))
        self._sent.clear()
        found = len(self._left)
        if not found:
            return Posted()
        crash_point("sending-leased")
        try:
            trouble = self._hand_in_all(until)
        finally:
            self._show()
        if trouble:
            fail(self._left, trouble, by=self._by, at=self.clock())
        elif self._left:
            self._give_back(until)
        self._tell(trouble)
        return Posted(
            found=found, sent=len(self._sent), trouble=trouble.trouble if trouble else None
        )

    def _hand_in_all(self, until: datetime) -> Failure | None:
        """Hand in what is left, over as many connections as it takes; say what made it stop."""
        try:
            habits, relay = habits_of(self.channel), relay_of(self.channel)
            while self._left:
                before = len(self._sent)
                broken = self._hand_in_over(relay, habits, until)
                # A relay may end a connection after so many mails; one that took none is broken.
                if broken is None or len(self._sent) == before:
                    return broken
        except BrokenAccount:
            return Failure(Trouble.UNREADABLE)
        except Failure as failure:
            return failure
        return None

    def _hand_in_over(
        self, relay: Relay, habits: Habits, until: datetime
    ) -> ConnectionFailed | None:
        """Hand in over one connection; give the failure that broke it."""
        writer, fresh_until = self._begin(habits)
        with Session(relay, greeting=self.channel.domain, step=self.step) as session:
            while self._left and not self.should_stop() and self._may_send(habits):
                if self.clock() >= fresh_until:
                    writer, fresh_until = self._begin(habits)
                row = self._left.pop(0)
                try:
                    if renew(row, held=until, until=self.clock() + LEASE):
                        self._hand_in(session, writer, row)
                except CannotBeWritten as wrong:
                    self._fail(row, Failure(_of_letter(wrong), is_final=True))
                except ConnectionFailed as broken:
                    # Perhaps it was taken: it is tried again, under the same Message-ID.
                    self._fail(row, broken)
                    return broken
                except Failure as failure:
                    if failure.is_of_channel:
                        self._left.insert(0, row)
                        raise
                    self._fail(row, failure)
        return None

    def _begin(self, habits: Habits) -> tuple[Writer, datetime]:
        """Tell the screens what left, and read what the next ones need; say until when it holds."""
        self._show()
        beside = gather((row.message for row in self._left), on=day_of(self.clock()))
        return Writer(self.channel, habits, beside=beside), self.clock() + TOGETHER

    def _hand_in(self, session: Session, writer: Writer, row: Delivery) -> None:
        envelope = writer.write(row, at=self.clock())
        session.hand_in(
            envelope.mail,
            sender=envelope.sender,
            plain_sender=envelope.plain_sender,
            recipient=envelope.recipient,
        )
        crash_point("sending-accepted")
        note_sent([row.pk], at=self.clock())
        self._sent.append(row.pk)
        self._unshown.append(row.pk)
        crash_point("sending-marked")

    def _show(self) -> None:
        if self._unshown:
            show(self._unshown)
            self._unshown.clear()

    def _may_send(self, habits: Habits) -> bool:
        if not habits.per_minute:
            return True
        key = f"sending:channel:{self.channel.pk}"
        return ephemeral.count(key, seconds=60) <= habits.per_minute

    def _give_back(self, until: datetime) -> None:
        ours = waiting(self.channel).filter(pk__in=[row.pk for row in self._left])
        ours.filter(leased_until=until).update(leased_until=None)

    def _fail(self, row: Delivery, failure: Failure) -> None:
        fail([row], failure, by=self._by, at=self.clock())

    def _tell(self, failure: Failure | None) -> None:
        at = self.clock()
        health = Health(trouble=failure.trouble, detail=failure.said) if failure else Health()
        changed = tell_health(self.channel, Way.OUT, health=health, by=self._by, at=at)
        if changed and failure is None:
            # It works again: what waited for that leaves now, not when its pause is over.
            late = waiting(self.channel).filter(trouble__in=OF_CHANNEL, leased_until=None)
            late.filter(due_at__gt=at).update(due_at=at)

    @property
    def _by(self) -> Actor:
        return Actor(kind=ActorKind.CHANNEL, id=self.channel.pk)


def _of_letter(wrong: CannotBeWritten) -> Trouble:
    return Trouble.NO_ADDRESS if wrong.what == "address" else Trouble.CANNOT_BE_WRITTEN
