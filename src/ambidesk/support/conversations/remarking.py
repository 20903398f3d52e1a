"""Remarking: we say something in a talk that is about no ticket, such as who somebody is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import Channel, Delivery, Direction, Message, Thread


@transaction.atomic
def remark(
    channel: Channel,
    whom: Identity,
    *,
    text: str,
    choices: Sequence[dict[str, Any]] = (),
    at: datetime,
) -> Message:
    """Say something to an account of a messenger, in the one talk that there is with it."""
    thread, _made = Thread.objects.get_or_create(
        channel=channel, key=whom.value, defaults={"begun_at": at}
    )
    message = Message.objects.create(
        thread=thread,
        direction=Direction.OUTBOUND,
        automatic=True,
        external_id=f"{uuid4().hex}@{channel.domain}",
        text=text,
        new_text=text,
        choices=list(choices),
        sent_at=at,
        recorded_at=at,
    )
    Delivery.objects.create(message=message, channel=channel, recipient=whom, due_at=at)
    return message
