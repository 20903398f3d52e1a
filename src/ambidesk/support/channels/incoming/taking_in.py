"""
Taking in: what other systems said becomes tickets, each call in one transaction.

Under a key that is known and not ended, it is a further word on that ticket, or its end.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Final
from uuid import uuid4

from django.db import connection, transaction

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.spec import Kind
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.people.normalising import normal
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.incoming.connecting import KIND
from ambidesk.support.channels.incoming.mapping import Event, Rules, Unmapped, events_in
from ambidesk.support.channels.models import Matter
from ambidesk.support.conversations.claiming import claim, hold, settle
from ambidesk.support.conversations.models import Channel, IntakeItem, IntakeState, Message
from ambidesk.support.conversations.quarantine import set_aside
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.conversations.receiving import Inbound, receive
from ambidesk.support.conversations.trying import FAULT, GAVE_UP, LIVES, try_in
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.filling import Answers, fill
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_ticket

log = logging.getLogger(__name__)
AT_ONCE: Final = 20
LEASE: Final = timedelta(seconds=60)
LOOKED_AT: Final = "dry-run"
# By number, not by name: two names of one number must not be waited for in two orders.
LOCK: Final = """
    SELECT pg_advisory_xact_lock(number)
      FROM (SELECT DISTINCT hashtextextended(key, 0) AS number
              FROM unnest(%s::text[]) AS each (key) ORDER BY 1) AS numbers
"""
CRASH_POINTS: Final = ("incoming:taking-in",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A raw item and what it tells."""

    item: IntakeItem
    channel: Channel
    rules: Rules
    events: Sequence[Event]


def run_once() -> int:
    """Take in what waits; say how many items were looked at."""
    at = datetime.now(UTC)
    items = claim([KIND], at=at, lasting=LEASE, limit=AT_ONCE)
    if not items:
        return 0
    rows = Channel.objects.filter(pk__in={item.channel_id for item in items})
    channels = {row.pk: row for row in rows.select_related("brand", "team")}
    read = [each for item in items if (each := _read(item, channels[item.channel_id], at=at))]
    try_in(read, partial(take_in, at=at), at=at)
    return len(items)


def take_in(told: Sequence[Told], *, at: datetime) -> None:
    """Take calls in; those that are not ours any more are left alone."""
    with transaction.atomic():
        ours = hold([each.item for each in told])
        mine = [each for each in told if each.item.pk in ours]
        _lock(mine)
        for each in mine:
            for event in each.events:
                _take(event, each, at=at)
        settle([each.item for each in mine], IntakeState.DONE)
        crash_point("incoming:taking-in")


def _lock(told: Sequence[Told]) -> None:
    """
    Hold the keys of the events until the transaction ends, in one order.

    There is no row to hold of what nobody heard of before: without this, two calls of one key that
    are taken in at once would open two tickets, of which one is never found again.
    """
    keys = {
        f"incoming:{each.channel.pk}:{_digest(event.key)}"
        for each in told
        for event in each.events
        if event.key
    }
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [sorted(keys)])


def _read(item: IntakeItem, channel: Channel, *, at: datetime) -> Told | None:
    if item.attempts > LIVES:
        set_aside([item], GAVE_UP, at=at)
        return None
    rules = Rules.read(channel.settings)
    if not rules.is_live:
        settle([item], IntakeState.DISCARDED, reason=LOOKED_AT)
        return None
    try:
        events = events_in(raw_of(item), rules)
    except Unmapped as unmapped:
        set_aside([item], unmapped.reason, at=at)
        return None
    except OSError:
        raise
    except Exception:  # this item alone is what cannot be read
        log.exception("item %s cannot be read", item.pk)
        set_aside([item], FAULT, at=at)
        return None
    return Told(item=item, channel=channel, rules=rules, events=events)


def _take(event: Event, told: Told, *, at: datetime) -> None:
    """Open a ticket, say a further word on the one that is known by the key, or end it."""
    by = Actor(kind=ActorKind.CHANNEL, id=told.channel.pk)
    matter = _matter(event, told.channel)
    known = matter.ticket if matter and not matter.ticket.is_ended else None
    if known is None and event.is_end:
        # What ended before anybody heard of it, or was ended here, needs nobody.
        return
    message = _message(event, told, by=by, at=at)
    if known is None:
        ticket = _open(event, message, told, by=by, at=at)
        if event.key:
            Matter.objects.update_or_create(
                channel=told.channel, key=_digest(event.key), defaults={"ticket": ticket}
            )
        return
    ticket = file_message(known, message, by=by, at=at)
    if event.is_end and not ticket.is_ended:
        _end(ticket, by=by, at=at)


def _end(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            solve(ticket, by=by, at=at)
    except Refusal:
        # Something has to be filled in first: that is a person's, and the word stands there.
        log.info("ticket %s cannot be solved yet", ticket.pk)


def _matter(event: Event, channel: Channel) -> Matter | None:
    if not event.key:
        return None
    rows = Matter.objects.select_for_update(of=("self",)).select_related("ticket")
    return rows.filter(channel=channel, key=_digest(event.key)).first()


def _open(event: Event, message: Message, told: Told, *, by: Actor, at: datetime) -> Ticket:
    kind = RequestType.objects.filter(pk=told.rules.request_type, archived_at=None).first()
    assert message.sender  # noqa: S101 every word here has one
    opening = Opening(
        brand=told.channel.brand,
        requester=message.sender,
        subject=event.subject,
        message=message,
        channel=told.channel,
        request_type=kind,
        opened_at=told.item.received_at,
    )
    ticket = open_ticket(opening, by=by, at=at)
    if answers := _answers(event):
        fill(ticket, answers=answers, by=by, at=at)
    return ticket


def _message(event: Event, told: Told, *, by: Actor, at: datetime) -> Message:
    text = event.text or event.subject
    return receive(
        Inbound(
            channel=told.channel,
            thread_key=_digest(event.key) if event.key else uuid4().hex,
            sender=_sender(event, told.channel, by=by, at=at),
            # Nobody answers a machine in a hurry, and it never reopens what has ended.
            automatic=True,
            subject=event.subject,
            text=text,
            new_text=text,
            intake_id=told.item.pk,
            sent_at=told.item.received_at,
        ),
        at=at,
    )


def _sender(event: Event, channel: Channel, *, by: Actor, at: datetime) -> Identity:
    """Whoever the event names by an address; else the other system itself."""
    try:
        value = normal(IdentityKind.EMAIL, event.sender)
        caller = Caller(kind=IdentityKind.EMAIL, value=value, name=event.sender_name)
    except InvalidInput:
        name = event.sender_name or channel.name
        value = f"{KIND}:{channel.pk}"
        caller = Caller(kind=IdentityKind.MESSENGER, value=value, name=name)
    return meet(caller, by=by, at=at)


def _answers(event: Event) -> Answers:
    """What fits its field; what does not stands in the text that came."""
    # Other systems know no persons of ours, and do not try numbers.
    known = Definition.objects.filter(pk__in=event.fields, archived_at=None)
    rows = known.exclude(kind=Kind.PERSON)
    fitting = {}
    for row in rows.prefetch_related("options"):
        try:
            fitting[row.pk] = values.read(row.spec, event.fields[row.pk])
        except InvalidInput:
            continue
    return fitting


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
