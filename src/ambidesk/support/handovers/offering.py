"""Offering: a contractor is asked to do a stage of a ticket, or the work of one without stages."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.workflow.models import Stay
from ambidesk.support.handovers.claiming import claim
from ambidesk.support.handovers.clocks import allowance, begin_round
from ambidesk.support.handovers.corresponding import begin
from ambidesk.support.handovers.events import HandoverOffered
from ambidesk.support.handovers.locking import require_ours
from ambidesk.support.handovers.models import Handover, WordKind
from ambidesk.support.handovers.speaking import NO_WORDS, Words, put
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock_unclosed, record


class AlreadyHandedOver(Refusal):
    """One contractor at a time."""

    sentence = _("This is handed over already. Take it back first.")


class NotEngaged(Refusal):
    """They are called in no more."""

    sentence = _("%(name)s is not called in any more.")


class NotStanding(Refusal):
    """The ticket has gone on."""

    sentence = _("The ticket does not stand in this stage any more.")


class NoTask(InvalidInput):
    """They would not know what to do."""

    sentence = _("Say what is to be done.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """
    What a contractor is asked to do, in one line, and what else they are told.

    With `under_warranty` it is a claim, which the vendor answers with a number.
    """

    what: str
    words: Words = NO_WORDS
    stay: Stay | None = None
    under_warranty: bool = False


def _engaged(to: Contractor) -> Contractor:
    row = Contractor.objects.select_related("company", "calendar").get(pk=to.pk)
    if row.dismissed_at or row.company.archived_at:
        raise NotEngaged(name=row)
    return row


@transaction.atomic
def offer(ticket: Ticket, task: Task, *, to: Contractor, by: Actor, at: datetime) -> Handover:
    """
    Hand something over: the contractor sees it, and their clock runs, from now on.

    Raises:
        NotEntitled: a contact asks.
        AlreadyClosed, AlreadyMerged: the ticket is over.
        NotEngaged, NotStanding, AlreadyHandedOver: not to them, or not now.
        NoTask, TooLong, TooManyFiles: it cannot be told so.
        OwnMailbox, NoChannel: they are written to by mail, and that does not go.
    """
    require_ours(by=by)
    ticket = lock_unclosed(ticket)
    contractor = _engaged(to)
    _require_standing(ticket, task.stay)
    if not task.what.strip():
        raise NoTask(field="what")
    given, hours = allowance(contractor, ticket, stay=task.stay, at=at)
    row = Handover(
        ticket=ticket,
        stay=task.stay,
        contractor=contractor,
        company_id=contractor.company_id,
        site_id=ticket.site_id,
        asset_id=ticket.asset_id,
        team_id=ticket.team_id,
        task=one_line(storable(task.what), 300),
        offered_by_id=by.user_id,
        offered_at=at,
        due_at=given.due,
    )
    _write(row)
    begin_round(row, given, hours=hours, at=at)
    if task.words.text.strip() or task.words.files:
        put(row, task.words, kind=WordKind.TASK, by=by, at=at)
    record(_offered(row), ticket, by=by, at=at)
    if task.under_warranty:
        claim(row, by=by, at=at)
    if contractor.email:
        begin(ticket, row, by=by, at=at)
    return row


def _write(row: Handover) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as standing:
        raise AlreadyHandedOver from standing


def _offered(row: Handover) -> HandoverOffered:
    return HandoverOffered(
        ticket_id=row.ticket_id,
        handover_id=row.pk,
        contractor_id=row.contractor_id,
        company_id=row.company_id,
        stage=row.stay.stage if row.stay else None,
    )


def _require_standing(ticket: Ticket, stay: Stay | None) -> None:
    if stay is None:
        return
    standing = Stay.objects.filter(
        pk=stay.pk, run=ticket.run_id or 0, left_at=None, waits_from=None
    )
    if not standing.exists():
        raise NotStanding
