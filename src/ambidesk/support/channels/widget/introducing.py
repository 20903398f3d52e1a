"""Introducing: whoever a site has signed for is shown who answers for their company's account."""

from collections.abc import Sequence
from datetime import datetime

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.parts import parts_of
from ambidesk.parties.stewards.serving import Served, teams_of
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.tickets.models import Ticket


def managers_of(visitor: Visitor, *, at: datetime) -> Sequence[Served]:
    """
    Name the account managers of the companies that the visitor speaks for.

    A guest, whoever they say they are, is told of nobody.
    """
    if not visitor.is_proved:
        return ()
    day = day_of(at)
    # One human may stand here twice, known by two addresses and joined since.
    parts = parts_of(visitor.identity.person)
    theirs = Contact.objects.on(day).filter(person__in=parts)
    companies = set(theirs.values_list("company", flat=True))
    team = teams_of(companies, on=day, by=SYSTEM) if companies else ()
    return [each for each in team if each.is_manager]


def manager_of(visitor: Visitor, ticket: Ticket | None, *, at: datetime) -> Served | None:
    """Name the one of the company that the talk is about, or the only one there is."""
    found = managers_of(visitor, at=at)
    if ticket and ticket.company_id:
        found = [each for each in found if each.company_id == ticket.company_id]
    return found[0] if len(found) == 1 else None
