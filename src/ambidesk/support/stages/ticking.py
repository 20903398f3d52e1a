"""Ticking off the lines of a stage's checklist."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Tick
from ambidesk.support.stages.events import LineTicked
from ambidesk.support.stages.moving import under_way
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record


class NoSuchLine(Refusal):
    """The ticket does not stand where this is to be done."""

    sentence = _("This line is not to be ticked off where the ticket stands now.")


@transaction.atomic
def tick(ticket: Ticket, *, stage: int, item: int, done: bool, by: Actor, at: datetime) -> None:
    """
    Call a line of the checklist done, or not done; twice is once.

    Raises:
        AlreadyClosed, AlreadyMerged, NoProcess, ProcessOver: there is nothing to do.
        NoSuchLine: it is none of a stage where the ticket stands.
    """
    ticket, run = under_way(ticket)
    stay = run.stays.filter(left_at=None, stage=stage, waits_from=None).first()
    if stay is None or stage_of(stay).item(item) is None:
        raise NoSuchLine
    rows = Tick.objects.filter(stay=stay, item=item)
    if rows.exists() == done:
        return
    if done:
        Tick.objects.create(stay=stay, item=item, by_id=by.user_id, at=at)
    else:
        rows.delete()
    ticked = LineTicked(
        ticket_id=ticket.pk,
        run_id=run.pk,
        version_id=run.version_id,
        stage=stage,
        item=item,
        done=done,
    )
    record(ticked, ticket, by=by, at=at)
