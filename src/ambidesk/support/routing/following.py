"""Following: the journal's subscriber that keeps queues true, and the sweeper behind it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.routing.events import TalkLeft, TalkQueued, TalkReleased, TalkTaken
from ambidesk.support.routing.models import Mode, Place
from ambidesk.support.routing.pacing import learn
from ambidesk.support.routing.settling import settle
from ambidesk.support.tickets import events
from ambidesk.support.tickets.models import Ticket, WaitingFor

# What can change where a ticket stands.
MOVES = frozenset(
    each.kind
    for each in (
        events.TicketOpened,
        events.MessageFiled,
        events.TicketAnswered,
        events.AnswerWithdrawn,
        events.TicketAssigned,
        events.StateChanged,
        events.TicketSnoozed,
        events.TicketPrioritised,
        events.TicketDescribed,
        events.TicketConverted,
        events.TicketAttributed,
        events.TagsChanged,
        events.TicketsRegrouped,
        events.SuspensionLifted,
        events.DeliveryFailed,
    )
)
TEACHES = frozenset(each.kind for each in (TalkQueued, TalkTaken, TalkReleased, TalkLeft))
KINDS = tuple(sorted(MOVES | TEACHES))
AT_ONCE = 200


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Settle the tickets that moved and learn from what was taken and released."""
    moved = {entry.subject_id for entry in entries if entry.kind in MOVES}
    if moved:
        settle(sorted(moved), by=SYSTEM, at=at)
    learn([entry for entry in entries if entry.kind in TEACHES])


def sweep(*, at: datetime) -> int:
    """Settle what should stand in a queue and does not, or does and should not; say how many."""
    waiting = Ticket.objects.active().filter(
        assignee=None,
        suspended=False,
        waiting_for=WaitingFor.US,
        team__queue__mode__in=[Mode.PULL, Mode.PUSH],
        team__archived_at=None,
        place=None,
    )
    lost = list(waiting.awake(at).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    wrong = Place.objects.filter(
        Q(team__queue__mode=Mode.OFF)
        | Q(ticket__assignee__isnull=False, reserved_for=None)
        | ~Q(ticket__team=F("team"))
        | ~Q(ticket__waiting_for=WaitingFor.US)
    )
    stale = list(wrong.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if lost or stale:
        settle(sorted({*lost, *stale}), by=SYSTEM, at=at)
    return len(lost) + len(stale)
