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


def plain(text: str) -> str:
    """Make a text storable: no signs that JSON or the database refuse."""
    return text.replace("\x00", "").encode(errors="replace").decode()[:512]
