"""
The talk as a visitor reads it: their own thread, and where they went on under proved addresses.

Of their ticket nothing else: no notes, no words with others, no other ticket of theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ambidesk.ground.files.content import RASTERS
from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.preparing import prepared
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import last_tickets
from ambidesk.support.channels.widget.typing import staff_is_typing
from ambidesk.support.channels.widget.visiting import proved_beside
from ambidesk.support.conversations.models import (
    Attachment,
    ChannelKind,
    Delivery,
    DeliveryState,
    Direction,
    Message,
    MessageQuerySet,
)
from ambidesk.support.conversations.wording import worded
from ambidesk.support.tickets.models import Filing, Ticket

Slots: TypeAlias = Mapping[str, Any]
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


def read_talk(visitor: Visitor, *, after: int = 0, before: int | None = None, at: datetime) -> Talk:
    """Read what was said after a message, or the page before one; newest last."""
    found = _said(visitor, after=after, before=before, at=at)
    about = _about(visitor, at=at)
    return Talk(
        lines=tuple(_lines(found[:AT_ONCE][::-1], visitor)),
        has_older=len(found) > AT_ONCE,
        seen=_seen(about),
        read=visitor.read_id,
        unread=about.unread_here if about else 0,
        is_typing=about is not None and staff_is_typing(about.pk),
        ticket=about,
    )


def is_taken(ticket: Ticket) -> bool:
    """Somebody has it, or has answered."""
    return bool(ticket.assignee_id or ticket.first_answered_at)


def messages_of(visitor: Visitor, *, at: datetime) -> MessageQuerySet:
    """All that the visitor may read: what came by this thread, and ours once it is due."""
    return _readable(visitor.thread_id, at, elsewhere=_elsewhere(visitor))


def _elsewhere(visitor: Visitor) -> list[int]:
    """What was said on their tickets in other channels, under proved addresses of theirs."""
    if not getattr(visitor, "has_proved_others", True):
        return []
    own = visitor.identity
    others = list(proved_beside(own.person_id, own.pk).values_list("pk", flat=True))
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


def line_of(visitor: Visitor, message: Message, *, has_files: bool) -> Line:
    """The line of a message that was just said."""
    files = _files_of([message.pk] if has_files else [])
    return _line(message, visitor, files=files.get(message.pk, ()))


def unread_lines(visitor: Visitor, *, after: datetime, until: datetime) -> Sequence[Line]:
    """Unread lines of ours that became due in (after, until], as for a mail."""
    ours = messages_of(visitor, at=until).filter(direction=Direction.OUTBOUND)
    if visitor.channel.kind != ChannelKind.FORM:
        ours = ours.filter(automatic=False)
    unread = Q(pk__gt=visitor.read_id)
    if visitor.read_at:
        unread |= Q(Exists(_given(after=visitor.read_at, until=until)))
    here = ours.filter(thread=visitor.thread_id)
    rows = here.filter(unread, Exists(_given(after=after, until=until))).order_by("pk")
    return _lines(list(_shown(rows)[:AT_ONCE]), visitor)


def _said(visitor: Visitor, *, after: int, before: int | None, at: datetime) -> list[Any]:
    """The newest messages that are asked for, one more than are shown, newest first."""
    here: dict[str, Any] = {"thread": visitor.thread_id, "at": at}
    if before is not None:
        make, here = _before, here | {"before": before}
    elif after:
        make, here = _after, here | {"after": after, "since": at - OVERLAP}
    else:
        make = _newest
    if elsewhere := _elsewhere(visitor):
        return list(make(here, elsewhere).select_related("author", "thread__channel"))
    return prepared(("talk", make.__name__), make, **here)


def _newest(slots: Slots, elsewhere: Sequence[int] = ()) -> MessageQuerySet:
    rows = _shown(_readable(slots["thread"], slots["at"], elsewhere=elsewhere))
    return rows.order_by("-pk")[: AT_ONCE + 1]


def _before(slots: Slots, elsewhere: Sequence[int] = ()) -> MessageQuerySet:
    rows = _shown(_readable(slots["thread"], slots["at"], elsewhere=elsewhere))
    return rows.filter(pk__lt=slots["before"]).order_by("-pk")[: AT_ONCE + 1]


def _after(slots: Slots, elsewhere: Sequence[int] = ()) -> MessageQuerySet:
    # What was written to be sent later is new when it is due, whatever its number.
    lately = Q(recorded_at__gt=slots["since"])
    lately |= Q(Exists(_given(after=slots["since"], until=slots["at"])))
    fresh = Q(pk__gt=slots["after"]) | lately
    rows = _shown(_readable(slots["thread"], slots["at"], elsewhere=elsewhere)).filter(fresh)
    return rows.order_by("-pk")[: AT_ONCE + 1]


def _readable(thread: int, at: datetime, *, elsewhere: Sequence[int] = ()) -> MessageQuerySet:
    ours = Delivery.objects.filter(message=OuterRef("pk"), due_at__lte=at, state__in=GIVEN)
    here = Q(thread=thread)
    if elsewhere:
        here |= Q(pk__in=elsewhere)
    rows = Message.objects.filter(here, withdrawn_at=None, erased_at=None)
    return rows.filter(Q(direction=Direction.INBOUND) | Exists(ours))


def _shown(rows: MessageQuerySet) -> MessageQuerySet:
    """With what a line shows, and whether there are files to ask for."""
    has_files = Exists(Attachment.objects.filter(message=OuterRef("pk")))
    unshown = ("html", "envelope", "references", "in_reply_to", "external_id")
    return rows.select_related("author").defer(*unshown).annotate(has_files=has_files)


def _about(visitor: Visitor, *, at: datetime) -> Any:
    """The ticket of the talk and how far each side has read, in one question."""
    thread, read = visitor.thread_id, visitor.read_id
    rows = prepared("talk-about", _with_marks, thread=thread, read=read, at=at)
    return next(iter(rows), None)


def _with_marks(slots: Slots) -> QuerySet[Ticket]:
    newest = Message.objects.filter(thread=slots["thread"]).order_by("-pk").values("pk")
    ours = _readable(slots["thread"], slots["at"]).filter(
        direction=Direction.OUTBOUND, pk__gt=slots["read"]
    )
    counted = ours.order_by().values("thread").annotate(number=Count("pk")).values("number")
    return last_tickets(slots).annotate(
        heard=Subquery(newest.filter(direction=Direction.INBOUND)[:1]),
        answered=Subquery(newest.filter(direction=Direction.OUTBOUND, author__isnull=False)[:1]),
        unread_here=Coalesce(Subquery(counted), 0),
    )


def _seen(about: Any) -> int:
    """The newest word of theirs that was read: all of them once nothing on it is unread."""
    if about is None:
        return 0
    return (about.answered if about.unread else about.heard) or 0


def _lines(messages: Sequence[Any], visitor: Visitor) -> list[Line]:
    files = _files_of([each.pk for each in messages if each.has_files])
    return [_line(each, visitor, files=files.get(each.pk, ())) for each in messages]


def _files_of(messages: Sequence[int]) -> Mapping[int, Sequence[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    if messages:
        rows = Attachment.objects.filter(message__in=messages).select_related("blob")
        for row in rows.order_by("pk"):
            found.setdefault(row.message_id, []).append(row)
    return found


def _line(message: Message, visitor: Visitor, *, files: Sequence[Attachment]) -> Line:
    mine = message.direction == Direction.INBOUND
    author = message.author.name if message.author and not message.automatic else ""
    return Line(
        id=message.pk,
        at=message.recorded_at,
        is_mine=mine,
        name="" if mine else author or visitor.channel.brand.name,
        text=worded(message).text if message.automatic else message.new_text or message.text,
        files=tuple(_enclosed(each) for each in files),
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


def _given(*, after: datetime, until: datetime) -> QuerySet[Delivery]:
    """Deliveries of the outer message that became due in (after, until]."""
    return Delivery.objects.filter(
        message=OuterRef("pk"), due_at__gt=after, due_at__lte=until, state__in=GIVEN
    )
