"""A desk that asks after closing."""

from datetime import timedelta

import pytest

from ambidesk.ground.kernel.journal import entries_of
from ambidesk.relation.feedback.models import Invitation, Survey
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.relation.feedback.planning import KINDS, plan
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

HOUR = timedelta(hours=1)


@pytest.fixture
def survey(cast: Cast) -> Survey:
    """The desk asks an hour after solving, each person once in two weeks."""
    return set_up_survey(None, Asking(name="CSAT"), by=cast.actor(cast.admin), at=cast.at)


def solved(cast: Cast, **fields: object) -> Ticket:
    """A ticket that was solved just now, of which the journal has told."""
    ticket = cast.ticket(sender_verified=True, **fields)
    solve(ticket, by=cast.actor(cast.olga), at=cast.at)
    tell(cast, ticket)
    return ticket


def tell(cast: Cast, ticket: Ticket) -> None:
    """Tell the planner of everything that happened to a ticket."""
    plan([each for each in entries_of("ticket", ticket.pk) if each.kind in KINDS], at=cast.at)


def asked(cast: Cast, **fields: object) -> Invitation:
    """Somebody who was asked by mail."""
    ticket = solved(cast, **fields)
    offer_due(at=cast.at + HOUR)
    return Invitation.objects.select_related("survey", "ticket__brand", "person").get(ticket=ticket)
