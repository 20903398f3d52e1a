"""Positions: who attends a mailbox, and how far it was read."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction

from ambidesk.support.channels.mail.account import ImapAccess
from ambidesk.support.channels.models import MailboxPosition
from ambidesk.support.conversations.models import Channel

# Who does not say that it is still there loses the mailbox to another worker.
LASTING: Final = timedelta(seconds=20)


def place_of(access: ImapAccess) -> str:
    """Name a folder of a user of a server in few letters."""
    told = f"{access.host.lower()}|{access.port}|{access.user}|{access.folder}"
    return sha256(told.encode()).hexdigest()[:16]


@transaction.atomic
def attend(channel: Channel, place: str, *, attendant: str, at: datetime) -> MailboxPosition | None:
    """Take a mailbox, or go on having it; None when another has it."""
    MailboxPosition.objects.bulk_create(
        [MailboxPosition(channel=channel, place=place)], ignore_conflicts=True
    )
    row = MailboxPosition.objects.select_for_update().get(channel=channel)
    if row.attendant != attendant and row.attended_until and row.attended_until > at:
        return None
    if row.place != place:
        # Another mailbox: what was read of the one before says nothing about it.
        row.place, row.validity, row.last_uid, row.read_at = place, 0, 0, None
    row.attendant, row.attended_until = attendant, at + LASTING
    row.save()
    return row


def stay(attendant: str, channels: Sequence[int], *, at: datetime) -> None:
    """Say that an attendant still has the mailboxes that it has."""
    MailboxPosition.objects.filter(channel__in=channels, attendant=attendant).update(
        attended_until=at + LASTING
    )


def leave(channel: Channel, *, attendant: str) -> None:
    """Let others have a mailbox."""
    MailboxPosition.objects.filter(channel=channel, attendant=attendant).update(
        attendant="", attended_until=None
    )


def advance(
    position: MailboxPosition, *, validity: int, last_uid: int, at: datetime | None
) -> None:
    """Note how far a mailbox is read; `at` once nothing is left to read."""
    position.validity, position.last_uid = validity, last_uid
    position.read_at = at or position.read_at
    MailboxPosition.objects.filter(
        pk=position.pk, place=position.place, attendant=position.attendant
    ).update(validity=validity, last_uid=last_uid, read_at=position.read_at)
