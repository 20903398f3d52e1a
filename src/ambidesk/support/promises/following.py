"""Following: the journal's subscriber that keeps clocks true, and the sweeper behind it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, Q

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.sla.models import Policy, ServiceCalendar
from ambidesk.support.coverage.events import CoverageDecided
from ambidesk.support.promises.settling import settle
from ambidesk.support.tickets import events
from ambidesk.support.tickets.models import Ticket

# What can change a clock, or which policy holds.
KINDS = tuple(
    sorted(
        each.kind
        for each in (
            events.TicketOpened,
            events.MessageFiled,
            events.TicketAnswered,
            events.AnswerWithdrawn,
            events.TicketAssigned,
            events.StateChanged,
            events.TicketPrioritised,
            events.TicketDescribed,
            events.TicketConverted,
            events.TicketAttributed,
            events.TagsChanged,
            events.FieldsFilled,
            events.NoteWritten,
            events.TicketsRegrouped,
            events.SuspensionLifted,
            events.DeliveryFailed,
            events.LineChanged,
            CoverageDecided,
        )
    )
)
AT_ONCE = 200


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Settle the tickets that moved, each as of its newest entry."""
    moved: dict[int, datetime] = {}
    for entry in entries:
        moved[entry.subject_id] = max(entry.at, moved.get(entry.subject_id, entry.at))
    if moved:
        settle(moved, by=SYSTEM, at=at)


def sweep(*, at: datetime) -> int:
    """Choose again for open tickets since whose choice a policy or calendar changed; how many."""
    changes = (
        model.objects.aggregate(last=Max("changed_at"))["last"]
        for model in (Policy, ServiceCalendar)
    )
    newest = max((change for change in changes if change), default=None)
    if newest is None:
        return 0
    behind = Ticket.objects.active().filter(Q(promise=None) | Q(promise__chosen_at__lt=newest))
    numbers = list(behind.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if numbers:
        settle(dict.fromkeys(numbers, at), by=SYSTEM, at=at)
    return len(numbers)
