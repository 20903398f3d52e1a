"""Concurring: a visitor has what the banner tells of, by one press; their talk joins the fault."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import Said, current_ticket, say
from ambidesk.support.channels.widget.visiting import actor_of
from ambidesk.support.incidents.announcing import Banner
from ambidesk.support.incidents.gathering import join
from ambidesk.support.incidents.models import Incident, Joining
from ambidesk.support.tickets.models import Ticket


class BannerGone(Refusal):
    """What the visitor read is over."""

    sentence = _("This is over. If it is not for you, please write to us.")


@transaction.atomic
def concur(visitor: Visitor, banner: Banner, *, key: UUID, words: str, at: datetime) -> Ticket:
    """
    Add the visitor's talk to the incident of a banner; without one it begins with these words.

    Raises:
        BannerGone: the incident tells nobody any more.
        IncidentOver, AnotherBrand: see incidents.gathering.
    """
    shown = Incident.objects.filter(
        pk=banner.incident, brand=visitor.channel.brand_id, banner_since__isnull=False
    )
    incident = shown.first()
    if incident is None:
        raise BannerGone
    ticket = current_ticket(visitor, at=at)
    if ticket is None or ticket.is_ended:
        ticket = say(visitor, Said(key=key, text=words), at=at).ticket
    join(incident, ticket, by=actor_of(visitor.channel), at=at)
    return ticket


def concurs(ticket: Ticket | None, banner: Banner) -> bool:
    """Whether a talk belongs to the incident of a banner."""
    rows = Joining.objects.filter(incident=banner.incident, left_at=None)
    return ticket is not None and rows.filter(ticket=ticket).exists()
