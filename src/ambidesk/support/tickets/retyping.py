"""Retyping: what becomes of a ticket's custom fields if it were one of another type."""

from datetime import datetime

from ambidesk.ground.fields.rules.converting import Becoming, becoming
from ambidesk.service.catalogue.asking import form_of
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import Ticket


def foresee(ticket: Ticket, kind: RequestType | None, *, at: datetime) -> Becoming:
    """Work it out; nothing is changed, and no answer is lost by the change itself."""
    answers = answers_of([ticket.pk])[ticket.pk]
    return becoming(form_of(ticket.request_type), form_of(kind), answers=answers, at=at)
