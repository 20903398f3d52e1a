"""Planning: what is solved will be asked about after a while; what is opened again will not be."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from ambidesk.ground.kernel.journal import Entry
from ambidesk.relation.feedback.models import Invitation, InvitationState, Spared, Survey
from ambidesk.relation.feedback.surveying import in_use, survey_for
from ambidesk.relation.feedback.tokens import fresh_nonce
from ambidesk.support.tickets.events import (
    MessageFiled,
    StateChanged,
    TicketAnswered,
    TicketsRegrouped,
)
from ambidesk.support.tickets.models import Ticket

KINDS = (StateChanged.kind, TicketAnswered.kind, MessageFiled.kind, TicketsRegrouped.kind)
# What was solved longer ago is history to a subscriber that reads old entries again.
LATE = timedelta(days=1)


@transaction.atomic
def plan(entries: Sequence[Entry], *, at: datetime) -> None:
    """Plan the questions about tickets that ended and drop those of tickets that go on."""
    touched = {entry.subject_id for entry in entries if at - entry.at < LATE}
    surveys = list(in_use())
    if not surveys:
        planned = Invitation.objects.filter(ticket__in=touched, state=InvitationState.PLANNED)
        touched = set(planned.values_list("ticket_id", flat=True))
    if not touched:
        return
    rows = Ticket.objects.select_for_update(no_key=True).filter(pk__in=touched).order_by("pk")
    tickets = {row.pk: row for row in rows}
    ended = {pk for pk, row in tickets.items() if row.is_ended and not row.merged_into_id}
    _drop(set(tickets) - ended)
    _plan([tickets[pk] for pk in sorted(ended)], surveys, at=at)


def _drop(tickets: set[int]) -> None:
    planned = Invitation.objects.filter(ticket__in=tickets, state=InvitationState.PLANNED)
    planned.update(state=InvitationState.SPARED, spared=Spared.REOPENED)


def _plan(tickets: Sequence[Ticket], surveys: Sequence[Survey], *, at: datetime) -> None:
    rows_about = Invitation.objects.filter(ticket__in=tickets, is_periodic=False)
    asked = rows_about.exclude(spared=Spared.REOPENED)
    known = set(asked.values_list("ticket_id", flat=True))
    rows = []
    for ticket in tickets:
        survey = survey_for(ticket, surveys)
        solved_at = ticket.solved_at or at
        if survey is None or ticket.pk in known or ticket.suspended or at - solved_at >= LATE:
            continue
        rows.append(
            Invitation(
                survey=survey,
                ticket=ticket,
                person_id=ticket.requester_id,
                solved_at=solved_at,
                due_at=solved_at + survey.ask_after,
                nonce=fresh_nonce(),
            )
        )
    Invitation.objects.bulk_create(rows)
