"""Tickets as search sees them: number and subject."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.document import Document, Found, Sort
from ambidesk.support.tickets.finding.touching import touched_tickets
from ambidesk.support.tickets.finding.writers import marks_of_writer
from ambidesk.support.tickets.models import Ticket


def documents(ids: Sequence[int]) -> Iterable[Document]:
    """Give what can be found of tickets."""
    rows = Ticket.objects.filter(pk__in=ids).select_related("requester", "requester_identity")
    for ticket in rows:
        yield Document(
            id=ticket.pk,
            whole=ticket.pk,
            at=ticket.opened_at,
            short=f"{ticket.number} {ticket.subject}",
            scopes=(ticket.brand_id,),
            marks=marks_of_writer(ticket.requester_identity, ticket.requester.name),
            persons=(ticket.requester_id,),
        )


def found(ids: Sequence[int], actor: Actor) -> Iterable[Found]:
    """Read the tickets that the actor may see."""
    rows = Ticket.objects.visible_to(actor).filter(pk__in=ids)
    for ticket in rows.select_related("requester__head"):
        yield Found(
            id=ticket.pk,
            whole=ticket.pk,
            at=ticket.last_at,
            title=f"#{ticket.number} {ticket.subject}",
            detail=ticket.requester.called,
            text=ticket.preview,
        )


TICKETS = Sort(
    name="ticket",
    letter="t",
    label=_("Tickets"),
    documents=documents,
    touched=touched_tickets,
    found=found,
    numbered=True,
)
