"""Equipping: which equipment a ticket is about, always of the ticket's company."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import Asset
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.events import TicketEquipped
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock_unclosed, tell


class ForeignAsset(InvalidInput):
    """The equipment is another company's."""

    sentence = _("This equipment belongs to another company.")


@transaction.atomic
def equip(ticket: Ticket, asset: Asset | None, *, by: Actor, at: datetime) -> Ticket:
    """
    Say which equipment a ticket is about; None for none.

    A ticket without a company is from then on for the equipment's company and site, one without a
    site for its site.

    Raises:
        ForeignAsset: it belongs to another company than the ticket.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    row = lock_unclosed(ticket)
    if asset is not None:
        if row.company_id not in {None, asset.company_id}:
            raise ForeignAsset(field="asset")
        if row.company_id is None or row.site_id is None:
            row = attribute(row, company=asset.company, site=asset.site, by=by, at=at)
    before = row.asset_id
    if before == (asset.pk if asset else None):
        return row
    row.asset = asset
    row.save(update_fields=["asset"])
    event = TicketEquipped(ticket_id=row.pk, asset_id=row.asset_id, before_asset_id=before)
    journal.record(event, by=by, at=at)
    tell([row])
    return row
