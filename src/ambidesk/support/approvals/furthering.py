"""Furthering: after silence the next who may are asked; when nobody is left, that is told."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.approvals.rules.deciding import Kind, State
from ambidesk.support.approvals.asking import ask_step
from ambidesk.support.approvals.clocks import end_waiting, silence_at
from ambidesk.support.approvals.entitled import entitled_to
from ambidesk.support.approvals.events import ApprovalUnheard
from ambidesk.support.approvals.models import Approval
from ambidesk.support.approvals.voiding import locked
from ambidesk.support.tickets.recording import lock, record


@transaction.atomic
def ask_further(approval: Approval, *, at: datetime) -> None:
    """Ask the next, if those before were silent for long enough; twice is once."""
    ticket = lock(approval.ticket)
    row = locked(approval)
    due = silence_at(row)
    # What changed since is void: nobody else's approvers are asked about it.
    is_same = Approval.objects.filter(pk=row.pk).unchanged().exists()
    if row.state != State.WAITING or due is None or due > at or not is_same:
        return
    may = entitled_to(Kind(row.kind), ticket, amount=row.amount, at=at)
    following = may.after(set(row.asked.values_list("contact", flat=True)))
    if following:
        last = row.asked.order_by("-step").values_list("step", flat=True)[0]
        ask_step(row, ticket, contacts=following, number=last + 1, by=SYSTEM, at=at)
        return
    end_waiting(row, at=at)
    row.unheard_at = at
    row.save(update_fields=["unheard_at"])
    unheard = ApprovalUnheard(ticket_id=ticket.pk, approval_id=row.pk, approves=Kind(row.kind))
    record(unheard, ticket, by=SYSTEM, at=at)
