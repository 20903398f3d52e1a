"""Offering: the other side is sent a link by which they go on in a messenger."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.access import BrokenAccess, access_of, connector_for
from ambidesk.support.channels.contract.registry import talking
from ambidesk.support.channels.linking.models import Link
from ambidesk.support.channels.linking.tokens import code_of, fresh_nonce, hash_of, token_of
from ambidesk.support.conversations.models import Channel, Message
from ambidesk.support.conversations.wording import Worded
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.parties import parties_of
from ambidesk.support.tickets.recording import record
from ambidesk.support.tickets.switching import ChannelProposed
from ambidesk.support.tickets.ways import kind_of

LASTING: Final = timedelta(days=1)


class NobodyToInvite(Refusal):
    """There is nowhere to send the link."""

    sentence = gettext_lazy("There is no address to which the link could be sent.")


class NoLinks(Refusal):
    """The channel cannot be reached by a link."""

    sentence = gettext_lazy("This channel is out of use or cannot be entered by a link.")


@transaction.atomic
def offer(
    ticket: Ticket,
    channel: Channel,
    *,
    asker: Identity | None = None,
    by: Actor,
    at: datetime,
) -> Link:
    """
    Send the requester a link to go on in another channel, to where they spoke last.

    An `asker` is the requester themselves, who asked for it there.

    Raises:
        NoLinks: the channel has no such links, or is another brand's.
        NobodyToInvite: there is nowhere to send it.
        AlreadyClosed, AlreadyMerged, NoChannel: see tickets.answering.
    """
    if not channel.enabled or channel.brand_id != ticket.brand_id or not link_to(channel, "x"):
        raise NoLinks
    chosen = asker or _spoke_last(ticket)
    if chosen is None or kind_of(chosen) == channel.kind:
        raise NobodyToInvite
    nonce = fresh_nonce()
    link = Link.objects.create(
        ticket=ticket,
        channel=channel,
        identity=chosen,
        nonce=nonce,
        token_hash=hash_of(token_of(nonce)),
        code_hash=hash_of(code_of(nonce)),
        made_at=at,
        expires_at=at + LASTING,
    )
    with override(ticket.brand.language):
        text = _invitation(channel)
    said = Answer(text=text, to=(chosen,), due_at=at, automatic=True)
    link.message = answer(ticket, said, by=by, at=at)
    link.save(update_fields=["message"])
    event = ChannelProposed(
        ticket_id=ticket.pk,
        channel_id=channel.pk,
        identity_id=chosen.pk,
        by_requester=asker is not None,
    )
    record(event, ticket, by=by, at=at)
    return link


def rewritten(message: Message) -> Worded | None:
    """Give the words of an invitation with its link and code; None for any other message."""
    link = Link.objects.filter(message=message).select_related("channel__brand").first()
    if link is None or message.erased_at:
        return None
    address = link_to(link.channel, token_of(link.nonce))
    facts = {"address": address, "code": code_of(link.nonce), "bot": link.channel.address}
    with override(link.channel.brand.language):
        how = _(
            "%(address)s\n\nOr write this code to %(bot)s: %(code)s\nIt is good once, for a day."
        )
        return Worded(text=f"{_invitation(link.channel)}\n\n{how % facts}", html="")


def messengers_of(brand: int) -> list[Channel]:
    """The channels of a brand that can be entered by a link."""
    rows = Channel.objects.filter(brand=brand, enabled=True, kind__in=talking()).order_by("pk")
    first = {row.kind: row for row in reversed(rows)}
    return [row for row in first.values() if link_to(row, "x")]


def link_to(channel: Channel, token: str) -> str:
    """The address by which somebody comes to a channel with a token; "" where there is none."""
    if place := settings.LINK_PLACES.get(channel.kind):
        return f"{place}?start={token}"
    try:
        return connector_for(channel).link(access_of(channel), token)
    except (BrokenAccess, CannotUnseal):
        return ""


def _spoke_last(ticket: Ticket) -> Identity | None:
    return next((party.identity for party in parties_of(ticket) if party.is_chosen), None)


def _invitation(channel: Channel) -> str:
    messenger = str(connector_for(channel).manifest.title)
    return _("You can go on with this conversation in %(messenger)s.") % {"messenger": messenger}
