"""
The talk as a visitor reads it: their own thread, and where they went on under proved addresses.

Of their ticket nothing else: no notes, no words with others, no other ticket of theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ambidesk.ground.files.content import RASTERS
from ambidesk.ground.files.models import Blob
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import last_ticket
from ambidesk.support.channels.widget.typing import staff_is_typing
from ambidesk.support.conversations.models import (
    Attachment,
    Delivery,
    DeliveryState,
    Direction,
    Message,
    MessageQuerySet,
)
from ambidesk.support.conversations.wording import worded
from ambidesk.support.tickets.models import Filing, Ticket

AT_ONCE: Final = 60
MOST_ELSEWHERE: Final = 300
# Ids are drawn before they are committed: what is younger than this is given once more.
OVERLAP: Final = timedelta(seconds=45)
# Deliveries of which the visitor may read the message once they are due.
GIVEN: Final = (DeliveryState.WAITING, DeliveryState.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file of a message."""

    key: str
    name: str
    size_bytes: int
    is_picture: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message as the visitor sees it; `way` names the channel where it was not this one."""

    id: int
    at: datetime
    is_mine: bool
    name: str
    text: str
    files: tuple[Enclosed, ...]
    way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """
    What a visitor sees.

    `seen` is the newest message of theirs that somebody read; `unread` counts ours that they did
    not; `ticket` is the matter the talk is about, None before the first word.
    """

    lines: tuple[Line, ...]
    has_older: bool
    seen: int
    read: int
    unread: int
    is_typing: bool
    ticket: Ticket | None

    @property
    def is_over(self) -> bool:
        """Solved or closed."""
        return self.ticket is not None and self.ticket.is_ended

    @property
    def is_taken(self) -> bool:
        """Somebody has it, or has answered."""
        ticket = self.ticket
        return ticket is not None and bool(ticket.assignee_id or ticket.first_answered_at)


def read_talk(visitor: Visitor, *, after: int = 0, before: int | None = None, at: datetime) -> Talk:
    """Read what was said after a message, or the page before one; newest last."""
    rows = messages_of(visitor, at=at)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    elif after:
        # What was written to be sent later is new when it is due, whatever its number.
        lately = at - OVERLAP
        recent = Q(recorded_at__gt=lately) | Exists(_given(after=lately, until=at))
        rows = rows.filter(Q(pk__gt=after) | recent)
    found = list(rows.order_by("-pk")[: AT_ONCE + 1])
    ticket = last_ticket(visitor)
    lines = tuple(_line(row, visitor) for row in reversed(found[:AT_ONCE]))
    return Talk(
        lines=lines,
        has_older=len(found) > AT_ONCE,
        seen=_seen(ticket, visitor),
        read=visitor.read_id,
        unread=_unread(visitor, at),
        is_typing=ticket is not None and staff_is_typing(ticket.pk),
        ticket=ticket,
    )


def messages_of(visitor: Visitor, *, at: datetime) -> MessageQuerySet:
    """All that the visitor may read: what came by this thread, and ours once it is due."""
    ours = Delivery.objects.filter(message=OuterRef("pk"), due_at__lte=at, state__in=GIVEN)
    here = Q(thread=visitor.thread_id)
    if elsewhere := _elsewhere(visitor):
        here |= Q(pk__in=elsewhere)
    rows = Message.objects.filter(here, withdrawn_at=None, erased_at=None)
    files = Attachment.objects.select_related("blob").order_by("pk")
    return (
        rows.filter(Q(direction=Direction.INBOUND) | Exists(ours))
        .select_related("author", "thread__channel")
        .prefetch_related(Prefetch("attachments", files))
    )


def _elsewhere(visitor: Visitor) -> list[int]:
    """What was said on their tickets in other channels, under proved addresses of theirs."""
    proved = Identity.objects.filter(
        person=visitor.identity.person_id, verified_at__isnull=False, shared=False, erased_at=None
    )
    others = list(proved.exclude(pk=visitor.identity_id).values_list("pk", flat=True))
    if not others:
        return []
    filed = Filing.objects.filter(withdrawn_at=None, message__thread=visitor.thread_id)
    tickets = set(filed.values_list("ticket_id", flat=True))
    said = Filing.objects.filter(
        Q(message__sender__in=others) | Q(message__deliveries__recipient__in=others),
        ticket__in=tickets,
        withdrawn_at=None,
        message__automatic=False,
    )
    return list(said.order_by("-message_id").values_list("message_id", flat=True)[:MOST_ELSEWHERE])


def file_of(visitor: Visitor, key: str, *, at: datetime) -> Attachment | None:
    """Find a file in what the visitor may read."""
    rows = Attachment.objects.filter(key=key, message__in=messages_of(visitor, at=at))
    found = rows.select_related("blob").first()
    return found if found and not found.blob.removed_at else None


def _line(message: Message, visitor: Visitor) -> Line:
    mine = message.direction == Direction.INBOUND
    author = message.author.name if message.author and not message.automatic else ""
    return Line(
        id=message.pk,
        at=message.recorded_at,
        is_mine=mine,
        name="" if mine else author or visitor.channel.brand.name,
        text=worded(message).text if message.automatic else message.new_text or message.text,
        files=tuple(_enclosed(each) for each in message.attachments.all()),
        way="" if message.thread_id == visitor.thread_id else message.thread.channel.name,
    )


def _enclosed(row: Attachment) -> Enclosed:
    blob: Blob = row.blob
    return Enclosed(
        key=row.key,
        name=row.name,
        size_bytes=blob.size_bytes,
        is_picture=blob.content_type in RASTERS,
    )


def _seen(ticket: Ticket | None, visitor: Visitor) -> int:
    """The newest word of theirs that was read: all of them once nothing on it is unread."""
    if ticket is None:
        return 0
    rows = Message.objects.filter(thread=visitor.thread_id)
    if not ticket.unread:
        return (
            rows.filter(direction=Direction.INBOUND)
            .order_by("-pk")
            .values_list("pk", flat=True)
            .first()
            or 0
        )
    answered = rows.filter(direction=Direction.OUTBOUND, author__isnull=False).order_by("-pk")
    return answered.values_list("pk", flat=True).first() or 0


def _unread(visitor: Visitor, at: datetime) -> int:
    rows = messages_of(visitor, at=at).filter(
        direction=Direction.OUTBOUND, pk__gt=visitor.read_id, thread=visitor.thread_id
    )
    return len(rows.order_by().values_list("pk")[:100])


def unread_lines(visitor: Visitor, *, after: datetime, until: datetime) -> Sequence[Line]:
    """Unread lines of ours that became due in (after, until], as for a mail."""
    ours = messages_of(visitor, at=until).filter(direction=Direction.OUTBOUND, automatic=False)
    unread = Q(pk__gt=visitor.read_id)
    if visitor.read_at:
        unread |= Q(Exists(_given(after=visitor.read_at, until=until)))
    here = ours.filter(thread=visitor.thread_id)
    rows = here.filter(unread, Exists(_given(after=after, until=until)))
    return [_line(row, visitor) for row in rows.order_by("pk")[:AT_ONCE]]


def _given(*, after: datetime, until: datetime) -> QuerySet[Delivery]:
    """Deliveries of the outer message that became due in (after, until]."""
    return Delivery.objects.filter(
        message=OuterRef("pk"), due_at__gt=after, due_at__lte=until, state__in=GIVEN
    )
