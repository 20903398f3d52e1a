"""Who sees what is handed over: staff by the ticket, a contractor's people by their company."""

from django.db.models import Q

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.support.handovers.locking import performs_for
from ambidesk.support.handovers.models import Handover
from ambidesk.support.handovers.rules.standing import SHOWN
from ambidesk.support.tickets.models import Ticket


def handovers_of_visible_tickets(actor: Actor) -> Q | Sight:
    """Whoever of the staff sees a ticket sees what is handed over of it; its client does not."""
    if actor.kind is ActorKind.CONTACT:
        return Sight.NOTHING
    return Q(ticket__in=Ticket.objects.visible_to(actor))


def handovers_to_own_company(actor: Actor) -> Q | Sight:
    """What was handed over to a company for which somebody does such things."""
    companies = performs_for(actor)
    shown = [each.value for each in SHOWN]
    return Q(company__in=companies, standing__in=shown) if companies else Sight.NOTHING


def files_of_visible_handovers(actor: Actor) -> Q | Sight:
    """Whoever sees a handover sees the files said with it."""
    return Q(word__handover__in=Handover.objects.visible_to(actor))
