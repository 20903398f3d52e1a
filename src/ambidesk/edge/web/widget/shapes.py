"""What the script is told, as JSON: a typed form of each answer."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac

from ambidesk.edge.web.widget.banner import banner_shape, keep, mark_of_banner
from ambidesk.edge.web.widget.manager import manager_shape
from ambidesk.edge.web.widget.moving import ways_shape
from ambidesk.edge.web.widget.passes import with_pass
from ambidesk.relation.feedback.talking import question_in_place
from ambidesk.support.channels.widget.attending import is_attended, waiting
from ambidesk.support.channels.widget.bringing import LARGEST_BYTES
from ambidesk.support.channels.widget.concurring import concurs
from ambidesk.support.channels.widget.introducing import manager_of
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import LONGEST, MOST_FILES
from ambidesk.support.channels.widget.talk import Enclosed, Line, Talk, is_taken
from ambidesk.support.conversations.models import Channel
from ambidesk.support.incidents.announcing import Banner
from ambidesk.support.tickets.models import Ticket


def widget_shape(channel: Channel, *, language: str, at: datetime) -> dict[str, Any]:
    """What anybody may know of a widget."""
    manner = Manner.read(channel.settings)
    return {
        "brand": channel.brand.name,
        "accent": manner.accent or channel.brand.accent,
        "theme": manner.theme,
        "position": manner.position,
        "greeting": manner.greeting.get(language, ""),
        "hours": manner.hours_text.get(language, ""),
        "attended": is_attended(channel, at=at),
        "banner": banner_shape(_banner(channel), language=language),
        "asks": {"name": manner.asks_name, "email": manner.asks_email},
        "ways": ways_shape(channel),
        "limits": {"file_bytes": LARGEST_BYTES, "files": MOST_FILES, "text": LONGEST},
    }


def talk_shape(visitor: Visitor, talk: Talk, *, at: datetime) -> dict[str, Any]:
    """The talk of a visitor."""
    ticket = talk.ticket
    return {
        "messages": [line_shape(visitor, line) for line in talk.lines],
        "older": talk.has_older,
        "seen": talk.seen,
        "read": talk.read,
        "unread": talk.unread,
        "typing": talk.is_typing,
        "state": state_of(talk.ticket),
        "talk": mark_of(ticket),
        "rate": _question(visitor, talk, at=at),
        "wait": _wait(visitor, talk, at=at),
        "email": bool(visitor.email),
        "affected": _affected(visitor, ticket),
        "manager": manager_shape(visitor, manager_of(visitor, ticket, at=at)),
    }


def line_shape(visitor: Visitor, line: Line) -> dict[str, Any]:
    """One message."""
    return {
        "id": line.id,
        "at": line.at.isoformat(),
        "mine": line.is_mine,
        "name": line.name,
        "way": line.way,
        "text": line.text,
        "files": [_file(visitor, each) for each in line.files],
    }


def mark_of(ticket: Ticket | None) -> str:
    """A mark that changes when the talk goes on under another ticket; it tells nothing else."""
    if ticket is None:
        return ""
    return salted_hmac("widget-talk", str(ticket.pk), algorithm="sha256").hexdigest()[:16]


def state_of(ticket: Ticket | None) -> str:
    """Where the talk stands, in a word of the script."""
    if ticket is None:
        return "none"
    if ticket.is_ended:
        return "over"
    return "taken" if is_taken(ticket) else "waiting"


def _question(visitor: Visitor, talk: Talk, *, at: datetime) -> dict[str, Any] | None:
    asks = Manner.read(visitor.channel.settings).asks_rating
    if talk.ticket is None or not asks:
        return None
    asked = question_in_place(talk.ticket, person=visitor.identity.person_id, at=at)
    if asked is None:
        return None
    return {
        "question": asked.question,
        "choices": [{"score": each.score, "words": each.words} for each in asked.choices],
        "score": asked.score,
        "comment": asked.has_comment,
    }


def _file(visitor: Visitor, file: Enclosed) -> dict[str, Any]:
    address = reverse("widget-file", args=[visitor.channel.address, file.key])
    return {
        "key": file.key,
        "name": file.name,
        "size": file.size_bytes,
        "picture": file.is_picture,
        "url": with_pass(address, visitor, key=file.key),
    }


def _banner(channel: Channel) -> Banner | None:
    kept = keep(channel.address)
    return kept.banner if kept else None


def _affected(visitor: Visitor, ticket: Ticket | None) -> str:
    """The mark of the banner whose fault the talk belongs to; asked only while there is one."""
    banner = _banner(visitor.channel)
    return mark_of_banner(banner) if banner and concurs(ticket, banner) else ""


def _wait(visitor: Visitor, talk: Talk, *, at: datetime) -> dict[str, int | None] | None:
    shows = Manner.read(visitor.channel.settings).shows_wait
    if not shows or talk.ticket is None or state_of(talk.ticket) != "waiting":
        return None
    place = waiting(talk.ticket, at=at)
    return {"position": place.position, "seconds": place.seconds} if place else None
