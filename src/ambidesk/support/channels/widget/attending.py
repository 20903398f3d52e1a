"""
Attending: whether somebody is there for a visitor, and how long a new one waits.

Hours are the widget's own; who is there and how the line moves, the queue of its team knows.
"""

from datetime import datetime

from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.conversations.models import Channel
from ambidesk.support.routing.attendance import present_operators
from ambidesk.support.routing.models import Operator, Queue, Status
from ambidesk.support.routing.waiting import Expectation, expected
from ambidesk.support.tickets.models import Ticket

THERE = (Status.ONLINE, Status.BUSY)


def is_attended(channel: Channel, *, at: datetime) -> bool:
    """Whether a visitor may expect an answer in the widget now."""
    return Manner.read(channel.settings).is_open(at) and _somebody_is_there(channel)


def waiting(ticket: Ticket, *, at: datetime) -> Expectation | None:
    """Where the visitor of a ticket stands in the line; None where nobody is to know."""
    return expected(ticket, at=at)


def _somebody_is_there(channel: Channel) -> bool:
    """A team without a queue says nothing of who is there: then its hours count alone."""
    if channel.team_id is None or not Queue.objects.filter(pk=channel.team_id).exists():
        return True
    here = present_operators(channel.team_id)
    return Operator.objects.filter(pk__in=here, status__in=THERE).exists()
