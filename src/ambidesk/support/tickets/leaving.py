"""Leaving: what a colleague held whose account was closed goes back to its team."""

from collections.abc import Sequence
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.events import MemberDismissed
from ambidesk.parties.staff.models import Member
from ambidesk.support.tickets.assigning import Charge, assign_many
from ambidesk.support.tickets.models import Ticket

KINDS = (MemberDismissed.kind,)
AT_ONCE = 200


def follow(entries: Sequence[Entry], *, at: datetime) -> None:
    """Give back what they hold who left and did not come back meanwhile."""
    gone = {entry.subject_id for entry in entries if entry.kind in KINDS}
    for member in Member.objects.filter(pk__in=gone, user__is_active=False).order_by("pk"):
        give_back(member, at=at)


def give_back(member: Member, *, at: datetime) -> int:
    """Put their teams in charge of all that a member holds, a few at a time; say of how many."""
    given, last = 0, 0
    while rows := _held(member, after=last):
        charges = [(ticket, Charge(team=ticket.team)) for ticket in rows]
        given += len(assign_many(charges, by=SYSTEM, at=at).done)
        last = rows[-1].pk
    return given


def _held(member: Member, *, after: int) -> list[Ticket]:
    rows = Ticket.objects.active().filter(assignee=member, pk__gt=after)
    return list(rows.select_related("team").order_by("pk")[:AT_ONCE])
