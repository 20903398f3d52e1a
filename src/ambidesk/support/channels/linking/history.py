"""History: all that was said between us and one person on a ticket, over every channel."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ambidesk.support.conversations.models import Delivery, DeliveryState, Direction, Message
from ambidesk.support.tickets.models import Ticket

MOST: Final = 200
GONE: Final = (DeliveryState.WAITING, DeliveryState.SENT)


def said_with(ticket: Ticket, person: int, *, at: datetime) -> QuerySet[Message]:
    """What a person said on a ticket and what was said to them, whichever address it went to."""
    reached = Delivery.objects.filter(
        message=OuterRef("pk"), recipient__person=person, state__in=GONE, due_at__lte=at
    )
    rows = Message.objects.filter(
        filings__ticket=ticket,
        filings__withdrawn_at=None,
        withdrawn_at=None,
        erased_at=None,
        automatic=False,
    )
    return rows.filter(Q(sender__person=person) | Q(Exists(reached)))


def history_of(ticket: Ticket, *, at: datetime) -> str:
    """The talk with the requester, oldest first, as it stands in a mail."""
    rows = said_with(ticket, ticket.requester_id, at=at)
    rows = rows.select_related("author", "thread__channel").prefetch_related("attachments")
    found = list(rows.order_by("-pk")[:MOST])[::-1]
    return "\n\n".join(_line(each, ticket) for each in found)


def _line(message: Message, ticket: Ticket) -> str:
    mine = message.direction == Direction.INBOUND
    who = _("You") if mine else message.author.name if message.author else ticket.brand.name
    when = date_format(message.recorded_at.astimezone(ticket.brand.clock), "SHORT_DATETIME_FORMAT")
    nameless = _("Nameless file")
    files = "".join(f"\n[{each.name or nameless}]" for each in message.attachments.all())
    text = message.new_text or message.text
    return f"{who}, {when}, {message.thread.channel.name}\n{text}{files}"
