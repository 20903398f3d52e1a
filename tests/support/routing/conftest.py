"""A shop whose queue is pulled from, and operators who attend."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing import attendance
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.attending import set_capacity, set_status
from ambidesk.support.routing.following import sweep
from ambidesk.support.routing.models import Mode, Operator, Status
from ambidesk.support.routing.settling import settle
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The cast with a queue; what `settled` names has its place."""

    cast: Cast
    at: datetime

    def waiting(self, count: int = 1, **fields: object) -> list[Ticket]:
        """Tickets that stand in the shop's queue, a minute apart."""
        made = []
        for number in range(count):
            ticket = self.cast.ticket(f"Question {number}", **fields)
            Ticket.objects.filter(pk=ticket.pk).update(
                waiting_since=self.at + timedelta(minutes=number - 60)
            )
            made.append(ticket)
        self.settled(*made)
        return made

    def settled(self, *tickets: Ticket) -> None:
        """Let the queue see what became of tickets, as the journal's subscriber does."""
        settle([ticket.pk for ticket in tickets], by=SYSTEM, at=self.at)

    def attend(self, member: Member, status: Status = Status.ONLINE, capacity: int = 4) -> Operator:
        """Somebody sits down, says what they are and how much fits."""
        by = self.cast.actor(member)
        set_capacity(member, capacity, by=by, at=self.at)
        attendance.report([member.user_id])
        return set_status(member, status, by=by, at=self.at)

    def swept(self, at: datetime | None = None) -> int:
        """What the sweeper finds."""
        return sweep(at=at or self.at)


def shop_of(cast: Cast, mode: Mode = Mode.PULL, **more: object) -> Shop:
    """The shop with a queue of this mode."""
    said = Arrangement(mode=mode, **more)  # type: ignore[arg-type]
    arrange_queue(cast.shop_team, said, by=SYSTEM, at=cast.at)
    return Shop(cast=cast, at=cast.at)


@pytest.fixture
def shop(cast: Cast) -> Shop:
    """The shop, pulled from."""
    return shop_of(cast)
