"""Moving: a visitor asks to go on where they are reached later, by mail or in a messenger."""

from datetime import datetime
from typing import Any

from ambidesk.support.channels.access import connector_for
from ambidesk.support.channels.linking.mailing import ask_for_mail
from ambidesk.support.channels.linking.offering import NoLinks, messengers_of, offer
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import last_ticket
from ambidesk.support.channels.widget.transcribing import NothingYet
from ambidesk.support.channels.widget.visiting import actor_of
from ambidesk.support.conversations.models import Channel, ChannelKind
from ambidesk.support.tickets.models import State

MAIL = ChannelKind.EMAIL.value


def ways_shape(channel: Channel) -> list[dict[str, Any]]:
    """Where the brand of a widget can be reached besides it."""
    found = [
        {"to": row.kind, "name": str(connector_for(row).manifest.title)}
        for row in messengers_of(channel.brand_id)
    ]
    mailboxes = Channel.objects.filter(brand=channel.brand_id, kind=MAIL, enabled=True)
    if mailboxes.exclude(address="").exists():
        found.append({"to": MAIL, "name": ""})
    return found


def go_on(visitor: Visitor, *, to: str, email: str, at: datetime) -> None:
    """
    Have the talk go on elsewhere.

    Raises:
        NothingYet: there is no talk.
        NoLinks: the brand is not there.
        NoAddress, NotAnAddress, TooOften: see channels.linking.mailing.
    """
    ticket, by = last_ticket(visitor), actor_of(visitor.channel)
    if ticket is None or ticket.state == State.CLOSED:
        raise NothingYet
    if to == MAIL:
        ask_for_mail(ticket, visitor.identity, address=email, by=by, at=at)
        return
    channel = next((row for row in messengers_of(ticket.brand_id) if row.kind == to), None)
    if channel is None:
        raise NoLinks
    offer(ticket, channel, asker=visitor.identity, by=by, at=at)
