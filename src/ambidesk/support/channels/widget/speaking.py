"""
Speaking: a visitor says something; it is a committed row before the browser hears that it arrived.

The browser's own key makes the same word said twice one message, whatever network lies between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.preparing import prepared
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import storable
from ambidesk.support.channels.widget.models import Visitor, VisitorFile, VisitorWord
from ambidesk.support.channels.widget.visiting import actor_of
from ambidesk.support.conversations.envelope import Envelope, Named
from ambidesk.support.conversations.models import Message, Thread
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_ticket

LONGEST: Final = 5_000
MOST_FILES: Final = 10
SUBJECT_SIGNS: Final = 80
# A talk that ended longer ago is another matter: what is said then begins a new ticket.
SAME_TALK: Final = timedelta(hours=24)
CRASH_POINTS: Final = ("widget:said", "widget:committed")


class NothingSaid(InvalidInput):
    """Neither words nor files."""

    sentence = _("Write something first.")


class TooLong(InvalidInput):
    """More words than a chat carries."""

    sentence = _("This is too long for one message. Split it, or send it as a file.")


class FileGone(InvalidInput):
    """The file was never uploaded, or was sent already."""

    sentence = _("A file did not arrive. Add it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a visitor says, under a key that their browser drew."""

    key: UUID
    text: str
    files: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The message, its ticket, and whether the ticket began with it."""

    message: Message
    ticket: Ticket
    is_new: bool


def say(visitor: Visitor, said: Said, *, at: datetime) -> Spoken:
    """
    Put down what a visitor says; the same key again gives what it gave before.

    Raises:
        NothingSaid, TooLong, FileGone: it cannot be taken as it is.
    """
    text = storable(said.text).strip()
    if len(text) > LONGEST:
        raise TooLong(field="text")
    if not text and not said.files:
        raise NothingSaid(field="text")
    if len(said.files) > MOST_FILES:
        raise FileGone(field="files")
    try:
        spoken = _say(visitor, said, text=text, at=at)
    except (IntegrityError, FileGone):
        # This key was here before, perhaps a moment ago; so seldom that it is not asked for first.
        earlier = _earlier(visitor, said.key)
        if earlier is None:
            raise
        return earlier
    crash_point("widget:committed")
    return spoken


@transaction.atomic
def _say(visitor: Visitor, said: Said, *, text: str, at: datetime) -> Spoken:
    _hold(visitor.thread)
    last = last_ticket(visitor)
    files = _files(visitor, said.files)
    inbound = _inbound(visitor, text=text, files=files, at=at)
    # Where a ticket holds a word of the talk, its thread and who takes part are there.
    message = receive(replace(inbound, goes_on=visitor.thread if last else None), at=at)
    VisitorWord.objects.create(visitor=visitor, key=said.key, message=message)
    by = actor_of(visitor.channel)
    known = _going_on(last, at=at)
    if known:
        ticket = file_message(known, message, by=by, at=at)
    else:
        ticket = open_ticket(_opening(visitor, message, text=text), by=by, at=at)
    crash_point("widget:said")
    return Spoken(message=message, ticket=ticket, is_new=known is None)


def current_ticket(visitor: Visitor, *, at: datetime) -> Ticket | None:
    """The ticket that the talk is about now: the last one, unless it ended a day ago."""
    return _going_on(last_ticket(visitor), at=at)


def last_ticket(visitor: Visitor) -> Ticket | None:
    """The newest ticket on which something of the visitor's talk stands, merges followed."""
    rows: list[Ticket] = prepared("last-ticket", last_tickets, thread=visitor.thread_id)
    return next(iter(rows), None)


def last_tickets(slots: Mapping[str, Any]) -> QuerySet[Ticket]:
    """The question behind `last_ticket`, for those who ask more of it at once."""
    filed = Ticket.objects.filter(
        filings__message__thread=slots["thread"], filings__withdrawn_at=None
    )
    return filed.order_by("-filings__message_id")[:1]


def _going_on(last: Ticket | None, *, at: datetime) -> Ticket | None:
    ended = last and (last.closed_at or last.solved_at)
    return None if ended and at - ended > SAME_TALK else last


def _hold(thread: Thread) -> None:
    """One word of a talk after the other: the first of them opens its ticket."""
    # Without its key: whoever answers meanwhile holds the ticket and refers to this thread.
    held = Thread.objects.select_for_update(no_key=True)
    prepared("held-thread", lambda slots: held.filter(pk=slots["thread"]), thread=thread.pk)


def _earlier(visitor: Visitor, key: UUID) -> Spoken | None:
    word = VisitorWord.objects.filter(visitor=visitor, key=key).select_related("message").first()
    if word is None:
        return None
    ticket = Ticket.objects.filter(filings__message=word.message).order_by("-filings__pk").first()
    if ticket is None:
        return None
    return Spoken(message=word.message, ticket=ticket, is_new=False)


def _files(visitor: Visitor, keys: Sequence[str]) -> list[InboundFile]:
    if not keys:
        return []
    rows = VisitorFile.objects.select_for_update().filter(visitor=visitor, key__in=list(keys))
    found = {row.key: row for row in rows.select_related("blob")}
    if len(found) != len(set(keys)):
        raise FileGone(field="files")
    VisitorFile.objects.filter(pk__in=[row.pk for row in found.values()]).delete()
    return [InboundFile(blob=found[key].blob, name=found[key].name) for key in dict.fromkeys(keys)]


def _inbound(visitor: Visitor, *, text: str, files: Sequence[InboundFile], at: datetime) -> Inbound:
    named = Named(name=visitor.identity.name, address=visitor.email)
    return Inbound(
        channel=visitor.channel,
        thread_key=visitor.thread.key,
        sender=visitor.identity,
        # A guest proves that it is the same browser, which is all that a chat needs.
        sender_verified=True,
        envelope=Envelope(sender=(named,)),
        text=text,
        new_text=text,
        files=tuple(files),
        sent_at=at,
    )


def _opening(visitor: Visitor, message: Message, *, text: str) -> Opening:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    short = first if len(first) <= SUBJECT_SIGNS else first[: SUBJECT_SIGNS - 1].rstrip() + "…"
    return Opening(
        brand=visitor.channel.brand,
        requester=visitor.identity,
        subject=short,
        message=message,
        channel=visitor.channel,
    )
