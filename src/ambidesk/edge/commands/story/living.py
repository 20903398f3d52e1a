"""
The living of the story: colleagues who never sign in sit at their desks while the demo runs.

What they hold is theirs by the tales; here is how much fits, and that they are there.
"""

from datetime import datetime

from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing import attendance
from ambidesk.support.routing.attending import set_capacity, set_status
from ambidesk.support.routing.models import Status

HANDS = {
    "ivan@desk.example": (12, Status.ONLINE),
    "timur@desk.example": (12, Status.BUSY),
    "svetlana@desk.example": (24, Status.ONLINE),
    "peter@desk.example": (10, Status.ONLINE),
}


def seat(*, at: datetime) -> None:
    """Seat them, before the tales give them tickets."""
    for member in _living():
        capacity, status = HANDS[member.user.email]
        set_capacity(member, capacity, by=TELLER, at=at)
        set_status(member, status, by=TELLER, at=at)


def stay() -> int:
    """Say that they still have the desk open, as a browser would."""
    attendance.report([member.user_id for member in _living()])
    return 0


def _living() -> list[Member]:
    rows = Member.objects.filter(user__email__in=HANDS, user__is_active=True)
    return list(rows.select_related("user").order_by("pk"))
