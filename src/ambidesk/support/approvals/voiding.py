"""Voiding: what was asked or approved holds no longer; withdrawn, replaced, or changed."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.service.approvals.rules.deciding import Kind, NotWaiting, State
from ambidesk.support.approvals.clocks import end_waiting
from ambidesk.support.approvals.events import ApprovalVoided
from ambidesk.support.approvals.models import Approval, Ended
from ambidesk.support.approvals.models.approval import STANDING
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.tickets.models import State as TicketState
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock, record


@transaction.atomic
def withdraw(approval: Approval, *, by: Actor, at: datetime) -> Approval:
    """
    Ask it no longer; an answer that was given cannot be withdrawn, only asked anew.

    Raises:
        NotEntitled: the actor may not.
        NotWaiting: it was answered, or is void.
    """
    if not by.may(ApprovalRight.ASK):
        raise NotEntitled
    ticket = lock(approval.ticket)
    row = locked(approval)
    if row.state != State.WAITING:
        raise NotWaiting
    return void(row, ticket, why=Ended.WITHDRAWN, by=by, at=at)


@transaction.atomic
def void_changed(ticket: Ticket, *, at: datetime) -> int:
    """Void what was asked about another ticket than this one is now; say how many."""
    ticket = lock(ticket)
    rows = Approval.objects.select_for_update(of=("self",)).filter(
        ticket=ticket, state__in=STANDING
    )
    still = set(rows.unchanged().values_list("pk", flat=True))
    is_over = bool(ticket.merged_into_id) or ticket.state == TicketState.CLOSED
    count = 0
    for row in rows.order_by("pk"):
        if row.pk not in still:
            void(row, ticket, why=Ended.CHANGED, by=SYSTEM, at=at)
        elif is_over and row.state == State.WAITING:
            void(row, ticket, why=Ended.OVER, by=SYSTEM, at=at)
        else:
            continue
        count += 1
    return count


def void(approval: Approval, ticket: Ticket, *, why: Ended, by: Actor, at: datetime) -> Approval:
    """Void a locked row."""
    was_approved = approval.state == State.APPROVED
    approval.state, approval.ended_at, approval.ended_for = State.VOID, at, why
    approval.save(update_fields=["state", "ended_at", "ended_for"])
    end_waiting(approval, at=at)
    voided = ApprovalVoided(
        ticket_id=ticket.pk,
        approval_id=approval.pk,
        approves=Kind(approval.kind),
        why=why,
        was_approved=was_approved,
    )
    record(voided, ticket, by=by, at=at)
    return approval


def locked(approval: Approval) -> Approval:
    """Lock the row and read it afresh; its ticket is locked before."""
    return Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
