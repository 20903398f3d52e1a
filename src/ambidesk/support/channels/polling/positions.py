"""Positions: who asks a channel, and from where on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction

from ambidesk.support.channels.models import PollingPosition
from ambidesk.support.conversations.models import Channel

# Who does not say that it is still there loses the channel to another worker.
LASTING: Final = timedelta(seconds=20)


@transaction.atomic
def attend(channel: Channel, *, attendant: str, at: datetime) -> PollingPosition | None:
    """Take a channel, or go on having it; None when another worker has it."""
    place = sha256(channel.address.encode()).hexdigest()[:16]
    PollingPosition.objects.bulk_create(
        [PollingPosition(channel=channel, place=place)], ignore_conflicts=True
    )
    row = PollingPosition.objects.select_for_update().get(channel=channel)
    if row.attendant != attendant and row.attended_until and row.attended_until > at:
        return None
    if row.place != place:
        # Another bot: what was read of the one before says nothing about it.
        row.place, row.marker = place, ""
    row.attendant, row.attended_until = attendant, at + LASTING
    row.save()
    return row


def stay(attendant: str, channels: Sequence[int], *, at: datetime) -> None:
    """Say that an attendant still has the channels that it has."""
    PollingPosition.objects.filter(channel__in=channels, attendant=attendant).update(
        attended_until=at + LASTING
    )


def advance(position: PollingPosition, *, marker: str) -> None:
    """Note from where on to ask; what came before is committed."""
    PollingPosition.objects.filter(
        pk=position.pk, place=position.place, attendant=position.attendant
    ).update(marker=marker)
    position.marker = marker
