"""Handing in: a submission is a committed raw item before the page hears that it arrived."""

from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid5

from ambidesk.ground.kernel import pumps
from ambidesk.support.channels.webform.submission import Submission
from ambidesk.support.conversations.models import Channel, IntakeKey
from ambidesk.support.conversations.taking import Arrival, take_many

LANE: Final = "form-intake"


def key_of(said: Submission, *, key: UUID) -> UUID:
    """The key of what was said under the key of a page: said otherwise, it is another one."""
    return uuid5(key, sha256(said.raw()).hexdigest())


def hand_in(channel: Channel, said: Submission, *, key: UUID, at: datetime) -> bool:
    """Commit a submission; the same key again is the same one. Say whether it is new."""
    arrival = Arrival(
        channel_id=channel.pk,
        external_key=str(key),
        raw=said.raw(),
        # By it erasing finds what was never taken in.
        envelope={"way": "form", "sender": said.email},
        received_at=at,
    )
    taken = take_many([arrival])
    pumps.wake(LANE)
    return bool(taken)


def is_handed_in(channel: Channel, key: UUID) -> bool:
    """Whether a key came in before."""
    return IntakeKey.objects.filter(channel=channel.pk, external_key=str(key)).exists()
