"""Relaying: tickets begin with words that somebody said elsewhere, as when another system tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import Channel, ChannelKind
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive_many
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Relayed:
    """A ticket to open and what its requester said; without words it begins empty."""

    opening: Opening
    text: str = ""
    files: tuple[InboundFile, ...] = ()


@transaction.atomic(savepoint=False)
def relay_many(relayed: Sequence[Relayed], *, by: Actor, at: datetime) -> list[Ticket]:
    """Open tickets in the given order, each with the words of its requester."""
    said = [each for each in relayed if each.text or each.files]
    channels = _channels({each.opening.brand.pk: each.opening.brand for each in said})
    messages = receive_many([_inbound(each, channels, at) for each in said], at=at)
    filed = dict(zip(map(id, said), messages, strict=True))
    openings = [replace(each.opening, message=filed.get(id(each))) for each in relayed]
    return open_many(openings, by=by, at=at)


def _inbound(each: Relayed, channels: Mapping[int, Channel], at: datetime) -> Inbound:
    opening = each.opening
    if not isinstance(opening.requester, Identity):
        # What is said is said from an address.
        raise TypeError
    return Inbound(
        channel=channels[opening.brand.pk],
        thread_key=uuid4().hex,
        sender=opening.requester,
        subject=opening.subject,
        text=each.text,
        new_text=each.text,
        files=each.files,
        sent_at=opening.opened_at or at,
    )


def _channels(brands: Mapping[int, Brand]) -> dict[int, Channel]:
    """The channels in whose talks such words stand; nothing comes or goes by them."""
    wanted = {f"relayed:{pk}": brand for pk, brand in brands.items()}
    rows = Channel.objects.filter(kind=ChannelKind.HAND, address__in=wanted)
    found = {row.brand_id: row for row in rows}
    for address, brand in wanted.items():
        if brand.pk not in found:
            made, _is_new = Channel.objects.get_or_create(
                kind=ChannelKind.HAND,
                address=address,
                defaults={"brand": brand, "name": brand.name, "enabled": False},
            )
            found[brand.pk] = made
    return found
