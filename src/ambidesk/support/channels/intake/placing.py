"""
Placing: on which ticket a word in a talk goes: the last one that the talk was about, while it is
open; after that a talk begins a new ticket. The talk itself is the proof.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.tickets.models import Filing, State, Ticket

# A word soon after the answer belongs to it; later it is another matter.
REOPENS_FOR: Final = timedelta(days=1)
Talk = tuple[int, str]


def tickets_of(talks: Iterable[Talk], *, at: datetime) -> Mapping[Talk, Ticket]:
    """
    Say which ticket each talk (channel, key) is about now; those about none are left out.

    Its person must have asked there, or have spoken: what we alone said proves nothing.
    """
    wanted = set(talks)
    theirs = Identity.objects.filter(
        kind=IdentityKind.MESSENGER,
        value=OuterRef("message__thread__key"),
        person__whole=OuterRef("ticket__requester__whole"),
    )
    spoken = Filing.objects.filter(
        ticket=OuterRef("ticket"),
        withdrawn_at=None,
        message__thread=OuterRef("message__thread"),
        message__sender__isnull=False,
    )
    rows = (
        Filing.objects.filter(
            Q(Exists(theirs)) | Q(Exists(spoken)),
            withdrawn_at=None,
            message__thread__channel__in={channel for channel, _key in wanted},
            message__thread__key__in={key for _channel, key in wanted},
        )
        .order_by("message__thread", "-message")
        .distinct("message__thread")
        .select_related("ticket", "message__thread")
    )
    found: dict[Talk, Ticket] = {}
    for row in rows:
        talk = (row.message.thread.channel_id, row.message.thread.key)
        if talk in wanted and _goes_on(row.ticket, at):
            found[talk] = row.ticket
    return found


def _goes_on(ticket: Ticket, at: datetime) -> bool:
    if ticket.state == State.CLOSED:
        return False
    return ticket.solved_at is None or at - ticket.solved_at <= REOPENS_FOR
