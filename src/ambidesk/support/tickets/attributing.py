"""Attributing: for which company and site a ticket is."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Site
from ambidesk.support.tickets.events import TicketAttributed
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.outcomes import Outcome
from ambidesk.support.tickets.recording import lock_many_unclosed, record_each, write


class ForeignSite(InvalidInput):
    """The site is another company's."""

    sentence = _("This site belongs to another company.")


def attribute(
    ticket: Ticket, *, company: Company | None, site: Site | None = None, by: Actor, at: datetime
) -> Ticket:
    """
    Say for which company, and which of its sites, a ticket is; None for a private person.

    Raises:
        ForeignSite: the site is not the company's.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    return attribute_many([(ticket, company, site)], by=by, at=at).single()


@transaction.atomic
def attribute_many(
    wanted: Sequence[tuple[Ticket, Company | None, Site | None]], *, by: Actor, at: datetime
) -> Outcome:
    """Say it of many tickets; what is as it should be stays without an entry."""
    places = {ticket.pk: (company, site) for ticket, company, site in wanted}
    foreign: dict[int, Refusal] = {
        number: ForeignSite(field="site")
        for number, (company, site) in places.items()
        if site and (company is None or site.company_id != company.pk)
    }
    rows, refused = lock_many_unclosed(row for row, *_rest in wanted if row.pk not in foreign)
    events, moved = [], []
    for row in rows:
        before = (row.company_id, row.site_id)
        row.company, row.site = places[row.pk]
        if row.company_id != before[0]:
            # Equipment is somebody's: that of the company before is none of this one.
            row.asset = None
        if (row.company_id, row.site_id) != before:
            moved.append(row)
            events.append(_attributed(row, before))
    if moved:
        write(moved, ["company", "site", "asset"])
        record_each(events, moved, by=by, at=at)
    return Outcome(done=tuple(rows), refused={**refused, **foreign})


def _attributed(row: Ticket, before: tuple[int | None, int | None]) -> TicketAttributed:
    return TicketAttributed(
        ticket_id=row.pk,
        company_id=row.company_id,
        site_id=row.site_id,
        before_company_id=before[0],
        before_site_id=before[1],
    )
