"""
Subscribers: each reads the journal from an own position and never misses an entry.

Handlers are idempotent: a subscriber that is killed reads its last entries once more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
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
# Entries that come one after the other are read together: each reading costs the same.
BREATH = 0.25
# Asked for a hundred times a second in a peak: written by hand, since Django takes longer to
# write it than PostgreSQL to answer.
PLACED = ("name", "epoch", "xid", "sequence", "failed_times", "retry_at")
HELD = f"""
    SELECT {", ".join(PLACED)} FROM kernel_reading WHERE name = %s FOR UPDATE SKIP LOCKED
"""  # noqa: S608 our own columns
ADVANCE = """
    UPDATE kernel_reading SET epoch = %s, xid = %s, sequence = %s, failed_times = 0, retry_at = NULL
     WHERE name = %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """
    Who reads which kinds of entries of which origins.

    `breath` is how long they wait for more once they have read all there is, in seconds.
    """

    name: str
    handler: Handler
    kinds: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = (Origin.LIVE,)
    breath: float = BREATH

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
        Lane(
            f"journal:{each.name}",
            lambda each=each: drain(each),  # type: ignore[misc]
            every=0.5,
            breath=each.breath,
            full=AT_ONCE,
        )
        for each in subscriptions()
    ]


class _Faulty(Exception):  # noqa: N818 it carries a fault out of its transaction
    """A handler failed; what it did is undone."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(entries[0].position)
        self.entries = entries


def drain(subscription: Subscription, *, limit: int = AT_ONCE) -> int:
    """Let a subscriber take its next entries and remember where it stands; say how many it read."""
    try:
        return _take(subscription, limit)
    except _Faulty as faulty:
        entries, fault = faulty.entries, faulty.__cause__
    if len(entries) > 1:
        # The faulty entry must not take its neighbours along: those before it go on.
        return drain(subscription, limit=len(entries) // 2)
    return _fail(subscription.name, entries[0].position, fault)


@transaction.atomic
def _take(subscription: Subscription, limit: int) -> int:
    reading = _held(subscription.name) or _begin(subscription.name)
    if reading is None or (reading.retry_at and reading.retry_at > datetime.now(UTC)):
        return 0
    entries = journal.read_shared(reading.position, limit=1 if reading.failed_times else limit)
    if not entries:
        return 0
    wanted = [entry for entry in entries if subscription.wants(entry)]
    try:
        if wanted:
            subscription.handler(wanted)
    except Exception as fault:  # whatever a handler throws must not stop the journal
        raise _Faulty(entries) from fault
    _advance(reading.name, entries[-1].position)
    return len(entries)


def lies_behind(name: str) -> bool:
    """Say whether a subscriber has more before it than it reads at once."""
    reading = Reading.objects.filter(name=name).first()
    return (
        reading is not None and len(journal.read_after(reading.position, limit=AT_ONCE)) == AT_ONCE
    )


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


def _held(name: str) -> Reading | None:
    """Hold the place of a subscriber; None while somebody else does, or where there is none yet."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [name])
        row = cursor.fetchone()
    return Reading(**dict(zip(PLACED, row, strict=True))) if row else None


def _begin(name: str) -> Reading | None:
    """Give a new subscriber its place; where there is one, somebody else is reading."""
    place, made = Reading.objects.get_or_create(name=name)
    return place if made else None


def _advance(name: str, position: Position) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [position.epoch, position.xid, position.sequence, name])


@transaction.atomic
def _fail(name: str, first: Position, fault: BaseException | None) -> int:
    now = datetime.now(UTC)
    # What failed took the place of a new subscriber along.
    reading = _held(name) or _begin(name)
    if reading is None or reading.position >= first:
        # Somebody else has come by it meanwhile, or is about to.
        return 0
    failed = reading.failed_times + 1
    if failed >= TRIES:
        row, _made = UnreadEntry.objects.get_or_create(
            subscriber=name,
            epoch=first.epoch,
            xid=first.xid,
            sequence=first.sequence,
            defaults={"reason": f"{type(fault).__name__}: {fault}"[:2000], "at": now},
        )
        facts = {"subscriber": name, "reason": row.reason[:200]}
        problems.report("subscriber-failed", ("unread_entry", row.pk), at=now, facts=facts)
        _advance(name, first)
        return 1
    pause = outbox.backoff(failed, 0.0) / 30
    Reading.objects.filter(name=name).update(failed_times=failed, retry_at=now + pause)
    return 0
