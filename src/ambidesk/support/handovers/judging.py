"""Judging: what a contractor did is taken, sent back for rework, or all is taken back."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.models import Stay
from ambidesk.support.handovers.locking import lock_both, require_ours
from ambidesk.support.handovers.models import Handover, WordKind
from ambidesk.support.handovers.moving import move
from ambidesk.support.handovers.rules.standing import Standing
from ambidesk.support.handovers.speaking import Words
from ambidesk.support.works.models import ExpenseKind
from ambidesk.support.works.putting import Of
from ambidesk.support.works.telling import spend

# One expense for one handover, however often it is told.
EXPENSES = UUID("6a3c1a0e-6f5f-4ea6-9d55-6c0f4d6f0b0a")


@transaction.atomic
def take(handover: Handover, *, by: Actor, at: datetime) -> Handover:
    """
    Take what was done; what it costs becomes an expense of the ticket, once.

    Raises:
        NotEntitled: a contact says it.
        NotNow: it is not done, or taken already.
    """
    require_ours(by=by)
    ticket, row = lock_both(handover)
    row = move(ticket, row, to=Standing.TAKEN, by=by, at=at)
    if row.price is not None and row.price.amount:
        of = Of(key=uuid5(EXPENSES, str(row.pk)), day=day_of(at), ticket=ticket, asset=row.asset)
        spend(of, kind=ExpenseKind.CONTRACTOR, cost=row.price, by=by, at=at)
    return row


@transaction.atomic
def send_back(handover: Handover, words: Words, *, by: Actor, at: datetime) -> Handover:
    """
    Let them do it again: the count goes up, and a new clock runs.

    Raises:
        NotEntitled: a contact says it.
        NotNow: nothing was called done.
        NothingSaid, TooLong, TooManyFiles: no reason, or not one that can be taken.
    """
    require_ours(by=by)
    ticket, row = lock_both(handover)
    said = (WordKind.REWORK, words)
    return move(ticket, row, to=Standing.ACCEPTED, said=said, by=by, at=at)


@transaction.atomic
def withdraw(handover: Handover, *, by: Actor, at: datetime) -> Handover:
    """
    Take it back; the contractor does not see it any more.

    Raises:
        NotEntitled: a contact says it.
        NotNow: it is over.
    """
    require_ours(by=by)
    ticket, row = lock_both(handover)
    return move(ticket, row, to=Standing.WITHDRAWN, by=by, at=at)


def leave(stay: Stay, *, by: Actor, at: datetime) -> None:
    """End what is handed over of a stage that is left."""
    for row in Handover.objects.open().filter(stay=stay).order_by("pk"):
        end(row, by=by, at=at)


def end(handover: Handover, *, by: Actor, at: datetime) -> None:
    """End what nobody waits for any more: taken if it was done, else taken back."""
    verb = take if handover.standing == Standing.DONE else withdraw
    verb(handover, by=by, at=at)
