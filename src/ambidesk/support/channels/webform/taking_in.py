"""
Taking in: submissions become tickets, each in one transaction with its message, files and fields.

Who asked is the visitor of a form: known by nothing, answered by mail at the address they typed.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Final

from django.db import transaction

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.spec import Spec
from ambidesk.ground.fields.rules.values import Value
from ambidesk.ground.files.storing import store_many
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.labelling import asset_of_label
from ambidesk.support.channels.webform.acknowledging import acknowledge
from ambidesk.support.channels.webform.connecting import type_of
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.webform.submission import Submission
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.visiting import Guest, Page, actor_of, begin
from ambidesk.support.conversations.claiming import claim, hold, settle
from ambidesk.support.conversations.envelope import Envelope, Named
from ambidesk.support.conversations.models import (
    Channel,
    ChannelKind,
    IntakeItem,
    IntakeState,
    Message,
)
from ambidesk.support.conversations.quarantine import set_aside
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive
from ambidesk.support.conversations.trying import FAULT, GAVE_UP, LIVES, try_in
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.filling import Answers, fill
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_ticket

log = logging.getLogger(__name__)
AT_ONCE: Final = 20
LEASE: Final = timedelta(seconds=60)
LONGEST_SUBJECT: Final = 100
CRASH_POINTS: Final = ("form:taking-in",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A raw item and what was typed."""

    item: IntakeItem
    channel: Channel
    said: Submission


def run_once() -> int:
    """Take in what waits; say how many items were looked at."""
    at = datetime.now(UTC)
    items = claim([ChannelKind.FORM.value], at=at, lasting=LEASE, limit=AT_ONCE)
    if not items:
        return 0
    rows = Channel.objects.filter(pk__in={item.channel_id for item in items})
    channels = {row.pk: row for row in rows.select_related("brand", "team")}
    read = [each for item in items if (each := _read(item, channels[item.channel_id], at=at))]
    try_in(read, partial(take_in, at=at), at=at)
    return len(items)


def take_in(read: Sequence[Submitted], *, at: datetime) -> None:
    """Take submissions in; those that are not ours any more are left alone."""
    with transaction.atomic():
        ours = hold([each.item for each in read])
        mine = [each for each in read if each.item.pk in ours]
        for each in mine:
            _open(each, at=at)
        settle([each.item for each in mine], IntakeState.DONE)
        crash_point("form:taking-in")


def _read(item: IntakeItem, channel: Channel, *, at: datetime) -> Submitted | None:
    if item.attempts > LIVES:
        set_aside([item], GAVE_UP, at=at)
        return None
    try:
        return Submitted(item=item, channel=channel, said=Submission.read(raw_of(item)))
    except OSError:
        raise
    except Exception:  # this item alone is what cannot be read
        log.exception("item %s cannot be read", item.pk)
        set_aside([item], FAULT, at=at)
        return None


def _open(each: Submitted, *, at: datetime) -> Ticket:
    channel, said = each.channel, each.said
    by = actor_of(channel)
    kind = type_of(channel)
    answers, left = _answers(said)
    guest = Guest(
        name=said.name, email=said.email, language=said.language, page=Page(url=said.page)
    )
    visitor, _token = begin(channel, guest, at=at)
    message = _message(each, visitor, left=left, at=at)
    manner = FormManner.read(channel.settings)
    opening = Opening(
        brand=channel.brand,
        requester=visitor.identity,
        subject=_subject(said) or manner.said(manner.title, said.language),
        message=message,
        channel=channel,
        request_type=kind,
        opened_at=each.item.received_at,
    )
    ticket = open_ticket(opening, by=by, at=at)
    if said.asset:
        _equip(ticket, said.asset, by=by, at=at)
    if answers:
        fill(ticket, answers=answers, by=by, at=at)
    acknowledge(ticket, visitor, at=at)
    return ticket


def _equip(ticket: Ticket, token: str, *, by: Actor, at: datetime) -> None:
    """Whoever scanned a label reports about its equipment; one renewed meanwhile says nothing."""
    if (asset := asset_of_label(token)) is not None:
        equip(ticket, asset, by=by, at=at)


def _message(each: Submitted, visitor: Visitor, *, left: str, at: datetime) -> Message:
    said = each.said
    blobs = store_many((file.content for file in said.files), at=at)
    text = storable(f"{said.text}\n\n{left}").strip()
    files = [
        InboundFile(blob=blobs[sha256(each.content).hexdigest()], name=one_line(each.name, 255))
        for each in said.files
    ]
    return receive(
        Inbound(
            channel=each.channel,
            thread_key=visitor.thread.key,
            goes_on=visitor.thread,
            sender=visitor.identity,
            # A visitor is whoever filled in this form, which nobody else is.
            sender_verified=True,
            envelope=Envelope(sender=(Named(name=visitor.identity.name, address=said.email),)),
            text=text,
            new_text=text,
            files=tuple(files),
            intake_id=each.item.pk,
            sent_at=each.item.received_at,
        ),
        at=at,
    )


def _answers(said: Submission) -> tuple[Answers, str]:
    """What still fits its field; what does not any more, since somebody changed it, as words."""
    rows = Definition.objects.filter(pk__in=said.answers).prefetch_related("options")
    specs = {row.pk: row.spec for row in rows}
    fitting: dict[int, Value | None] = {}
    left = []
    for key, value in said.answers.items():
        spec = specs.get(key)
        try:
            if spec is not None and not spec.is_archived:
                fitting[key] = values.read(spec, value)
                continue
        except InvalidInput:
            pass
        left.append(_worded(spec, value, language=said.language))
    return fitting, "\n".join(left)


def _worded(spec: Spec | None, value: object, *, language: str) -> str:
    label = spec.label.said(language) if spec else "?"
    if spec and isinstance(value, list | bool):
        known = tuple(value) if isinstance(value, list) else value
        value = values.in_words(spec, known, language=language)
    return f"{label}: {value}"


def _subject(said: Submission) -> str:
    words = one_line(said.text)
    return words if len(words) <= LONGEST_SUBJECT else f"{words[: LONGEST_SUBJECT - 1].rstrip()}…"
