"""
Arriving: a raw mail as an arrival at the desk, under the name by which its source knows it.

A Message-ID is no such name: some mails have none, others repeat one.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from ambidesk.support.conversations.models import Channel
from ambidesk.support.conversations.taking import Arrival


def handed_in(
    raw: bytes, channel: Channel, *, envelope: Mapping[str, object], at: datetime
) -> Arrival:
    """Name a mail that a server handed in; one that missed our answer brings the same bytes."""
    return Arrival(
        channel_id=channel.pk,
        external_key=f"content:{sha256(raw).hexdigest()}",
        raw=raw,
        envelope=envelope,
        received_at=at,
    )


def lying_in(
    raw: bytes, channel: Channel, *, place: str, validity: int, uid: int, at: datetime
) -> Arrival:
    """Name a mail that lies in a mailbox: `place`, the validity of its numbers, number, content."""
    return Arrival(
        channel_id=channel.pk,
        external_key=f"{numbered(place, validity)}{uid}:{sha256(raw).hexdigest()}",
        raw=raw,
        envelope={"way": "imap", "recipients": []},
        received_at=at,
    )


def numbered(place: str, validity: int) -> str:
    """The beginning of the names of all mails of a mailbox under one validity of its numbers."""
    return f"imap:{place}:{validity}:"
