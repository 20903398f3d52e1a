"""Recalling: words that were said elsewhere long ago take their place in threads; none is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.ground.reach.models import User
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import Channel, Direction, Message
from ambidesk.support.conversations.receiving import threads_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """One utterance of then: of the other side's address, or of a colleague."""

    channel: Channel
    thread_key: str
    text: str
    at: datetime
    sender: Identity | None = None
    author: User | None = None


@transaction.atomic
def recall_words(words: Sequence[Recalled], *, at: datetime) -> list[Message]:
    """Write messages in the given order, as recorded when they were said."""
    threads = threads_for({(each.channel.pk, each.thread_key) for each in words}, at)
    return Message.objects.bulk_create(
        [
            Message(
                thread=threads[each.channel.pk, each.thread_key],
                direction=Direction.OUTBOUND if each.author else Direction.INBOUND,
                sender=each.sender,
                author=each.author,
                text=each.text,
                new_text=each.text,
                sent_at=each.at,
                recorded_at=each.at,
            )
            for each in words
        ]
    )
