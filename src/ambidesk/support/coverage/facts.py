"""Facts: what contracts ask of a ticket: its equipment, place, kind, way in and warranty."""

from collections.abc import Sequence
from datetime import date

from ambidesk.service.contracts.keeping import Matter
from ambidesk.service.contracts.rules.lines import Facts, Warranty
from ambidesk.support.tickets.models import Ticket

# Read with the ticket, in the one question that fetches it.
BESIDE = ("asset__model", "site__territory", "channel", "coverage")


def matters_of(tickets: Sequence[Ticket], *, on: date) -> list[Matter]:
    """Make a matter of each ticket of a company; they were fetched with what stands beside."""
    return [
        Matter(
            key=each.pk,
            company=each.company_id,
            facts=facts_of(each, on=on),
            coverage=each.coverage,
        )
        for each in tickets
        if each.company_id is not None
    ]


def facts_of(ticket: Ticket, *, on: date) -> Facts:
    """Say what contracts ask of a ticket."""
    asset, site = ticket.asset, ticket.site
    warranty = asset.warranty_until if asset else None
    path = site.territory.path if site and site.territory else ""
    return Facts(
        on=on,
        asset=ticket.asset_id,
        model=asset.model_id if asset else None,
        classes=(asset.model.asset_class_id,) if asset else (),
        site=ticket.site_id,
        territories=tuple(int(each) for each in reversed(path.split(".")) if each),
        service=ticket.request_type_id,
        channel=ticket.channel.kind if ticket.channel else "",
        warranty=Warranty(until=warranty) if warranty else None,
    )
