"""
Subscribers: each reads the journal from an own position and never misses an entry.

Handlers are idempotent: a subscriber that is killed reads its last entries once more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal, outbox, problems
from ambidesk.ground.kernel.journal import BEGINNING, Entry, Origin, Position
from ambidesk.ground.kernel.models import Reading, UnreadEntry
from ambidesk.ground.kernel.pumps import Lane
from ambidesk.ground.kernel.refusal import Refusal


class EntryTaken(Refusal):
    """There is nothing left to take."""

    sentence = _("This entry was taken since.")


class StillFails(Refusal):
    """What was wrong is still wrong."""

    sentence = _("It fails as before: %(reason)s.")


Handler = Callable[[Sequence[Entry]], object]
AT_ONCE = 500
# After so many failures of one entry it is set aside, and the rest goes on.
TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Who reads which kinds of entries of which origins."""

    name: str
    handler: Handler
    kinds: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = (Origin.LIVE,)

    def wants(self, entry: Entry) -> bool:
        """Say whether the handler gets this entry."""
        return (not self.kinds or entry.kind in self.kinds) and entry.origin in self.origins


_subscriptions: dict[str, Subscription] = {}


def subscribe(subscription: Subscription) -> None:
    """Add a subscriber; wiring does this at start."""
    _subscriptions[subscription.name] = subscription


def subscriptions() -> tuple[Subscription, ...]:
    """Every subscriber there is."""
    return tuple(_subscriptions.values())


def lanes() -> list[Lane]:
    """A lane for each subscriber, so that none holds up another."""
    return [
        Lane(f"journal:{each.name}", lambda each=each: drain(each), every=0.5)  # type: ignore[misc]
        for each in subscriptions()
    ]


@transaction.atomic
def drain(subscription: Subscription, *, limit: int = AT_ONCE) -> int:
    """Let a subscriber take its next entries and remember where it stands; say how many it read."""
    Reading.objects.get_or_create(name=subscription.name)
    held = Reading.objects.select_for_update(skip_locked=True).filter(name=subscription.name)
    reading = held.first()
    now = datetime.now(UTC)
    if reading is None or (reading.retry_at and reading.retry_at > now):
        return 0
    entries = journal.read_after(reading.position, limit=1 if reading.failed_times else limit)
    if not entries:
        return 0
    try:
        with transaction.atomic():
            subscription.handler([entry for entry in entries if subscription.wants(entry)])
    except Exception as fault:  # noqa: BLE001 whatever a handler throws must not stop the journal
        return _fail(reading, entries, fault, now)
    _advance(reading, entries[-1].position)
    return len(entries)


def replay(name: str, *, since: Position = BEGINNING) -> None:
    """Let a subscriber read again from a position."""
    Reading.objects.update_or_create(
        name=name,
        defaults={
            "epoch": since.epoch,
            "xid": since.xid,
            "sequence": since.sequence,
            "failed_times": 0,
            "retry_at": None,
        },
    )


@transaction.atomic
def retake(number: int, *, at: datetime) -> None:
    """
    Let a subscriber take an entry that was set aside.

    Raises:
        EntryTaken: it was taken since, or its subscriber is no more.
        StillFails: it fails as before.
    """
    row = UnreadEntry.objects.select_for_update().filter(pk=number, taken_at=None).first()
    subscription = _subscriptions.get(row.subscriber) if row else None
    if row is None or subscription is None:
        raise EntryTaken
    before = Position(row.epoch, row.xid, row.sequence - 1)
    try:
        with transaction.atomic():
            entries = journal.read_after(before, limit=1)
            subscription.handler([entry for entry in entries if subscription.wants(entry)])
    except Exception as fault:
        raise StillFails(reason=type(fault).__name__) from fault
    UnreadEntry.objects.filter(pk=row.pk).update(taken_at=at)
    problems.resolve("subscriber-failed", ("unread_entry", row.pk), at=at)


def _advance(reading: Reading, position: Position) -> None:
    Reading.objects.filter(name=reading.name).update(
        epoch=position.epoch,
        xid=position.xid,
        sequence=position.sequence,
        failed_times=0,
        retry_at=None,
    )


def _fail(reading: Reading, entries: Sequence[Entry], fault: Exception, now: datetime) -> int:
    first = entries[0].position
    failed = reading.failed_times + 1
    if len(entries) == 1 and failed >= TRIES:
        row, _made = UnreadEntry.objects.get_or_create(
            subscriber=reading.name,
            epoch=first.epoch,
            xid=first.xid,
            sequence=first.sequence,
            defaults={"reason": f"{type(fault).__name__}: {fault}"[:2000], "at": now},
        )
        facts = {"subscriber": reading.name, "reason": row.reason[:200]}
        problems.report("subscriber-failed", ("unread_entry", row.pk), at=now, facts=facts)
        _advance(reading, first)
        return 1
    # From now on one by one: the faulty entry must not take its neighbours along.
    pause = outbox.backoff(failed, 0.0) / 30 if len(entries) == 1 else outbox.backoff(1, 0.0) * 0
    Reading.objects.filter(name=reading.name).update(failed_times=failed, retry_at=now + pause)
    return 0
