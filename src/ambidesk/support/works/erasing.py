"""Erasing: notes on what was spent and repaired for a person's tickets go; the facts stay."""

from datetime import datetime

from django.db import transaction

from ambidesk.parties.people.models import Person
from ambidesk.service.assets.models import Repair
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import Expense, PartUse, UnitUse, WorkLog


@transaction.atomic
def erase_works(person: Person, *, at: datetime) -> None:  # noqa: ARG001 every atomic change is of an instant
    """Blank what was noted beside the facts of a person's tickets."""
    theirs = Ticket.objects.filter(requester=person)
    for model in (WorkLog, UnitUse, Expense, PartUse):
        model._default_manager.filter(ticket__in=theirs).update(note="")  # noqa: SLF001 Django's public name
    Repair.objects.filter(repaired__ticket__in=theirs).update(note="")
