"""
Telling: who learns that a stage is about to overrun.

As with promises of tickets: the first warning goes to who has the ticket, every further one, and
the breach, also to the team in charge of the stage.
"""

from collections.abc import Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.service.workflow.models import Stay
from ambidesk.support.notifications.models import NoticeKind
from ambidesk.support.notifications.notifying import notify_many
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noticing import news_of, still_seen, users_of

KINDS = (PromiseWarned.kind,)


def tell_of(entries: Sequence[Entry], *, at: datetime) -> int:
    """Tell of warnings and breaches those who can still do something; say how many were told."""
    rows = Stay.objects.filter(promise__in={e.subject_id for e in entries}, left_at=None)
    stays = {stay.promise_id: stay for stay in rows}
    there = Ticket.objects.active().filter(run__in={stay.run_id for stay in stays.values()})
    tickets = {ticket.run_id: ticket for ticket in there.select_related("assignee")}
    teams = users_of({stay.team_id for stay in stays.values() if stay.team_id})
    news = [
        news_of(entry, ticket.pk, user=user, kind=NoticeKind.DUE)
        for entry in entries
        if (stay := stays.get(entry.subject_id)) and (ticket := tickets.get(stay.run_id))
        for user in _concerned(entry, ticket, teams.get(stay.team_id or 0, frozenset()))
    ]
    return len(notify_many(still_seen(news), at=at))


def _concerned(entry: Entry, ticket: Ticket, team: frozenset[int]) -> frozenset[int]:
    owner = frozenset({ticket.assignee.user_id}) if ticket.assignee else frozenset()
    is_first = entry.data["level"] == 1 and not entry.data["breached"]
    return owner if owner and is_first else owner | team
