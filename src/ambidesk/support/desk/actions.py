"""Actions of the desk: a template as an answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.actions import Action
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.models import Template
from ambidesk.support.desk.phrasing import filled
from ambidesk.support.tickets.actions import parameters, performing
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Which template is said."""

    template_id: int


def answer_with(ticket: Ticket, given: Phrase, *, by: Actor, at: datetime) -> object:
    """
    Answer with a template of the ticket's brand or of all.

    Raises:
        NoSuchRow: there is no such template for this brand.
    """
    rows = Template.objects.filter(Q(brand=None) | Q(brand=ticket.brand_id), archived_at=None)
    template = performing.found(rows, given.template_id, field="template_id")
    said = parameters.Text(text=filled(template, ticket, by=by).text)
    return performing.answer(ticket, said, by=by, at=at)


DESK_ACTIONS = (
    Action(
        name="desk.answer_with",
        label=_("Answer with a template"),
        parameters=Phrase,
        right=TicketRight.ANSWER.value,
        perform=answer_with,
    ),
)
