"""Moving: a handover comes to stand otherwise, with its rounds, words and the team in charge."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.support.handovers.clocks import allowance, begin_round, end_round
from ambidesk.support.handovers.corresponding import pass_on
from ambidesk.support.handovers.events import HandoverMoved
from ambidesk.support.handovers.models import Handover, WordKind
from ambidesk.support.handovers.rules.standing import BACK, OPEN, Standing, can_become, is_rework
from ambidesk.support.handovers.speaking import Words, put
from ambidesk.support.tickets.assigning import Charge, assign_many
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.recording import record


class NotNow(Refusal):
    """It stands otherwise by now."""

    sentence = _("This cannot be done now: the handover stands at “%(standing)s”.")


def move(
    ticket: Ticket,
    row: Handover,
    *,
    to: Standing,
    said: tuple[WordKind, Words] | None = None,
    by: Actor,
    at: datetime,
) -> Handover:
    """
    Bring a locked handover of a locked ticket to stand otherwise.

    Raises:
        NotNow: that does not follow from how it stands.
        NothingSaid, TooLong, TooManyFiles: what is said with it cannot be taken so.
    """
    before = Standing(row.standing)
    if not can_become(before, to):
        raise NotNow(standing=before.label)
    if said is not None:
        kind, words = said
        word = put(row, words, kind=kind, by=by, at=at)
        if kind is WordKind.REWORK:
            pass_on(row, word, ticket=ticket, by=by, at=at)
    row.standing = to
    if before is Standing.OFFERED:
        row.answered_at = at
    row.done_at = at if to is Standing.DONE else row.done_at
    row.ended_at = None if to in OPEN else at
    if to is not Standing.ACCEPTED:
        end_round(row, is_done=to is Standing.DONE, at=at)
    if is_rework(before, to):
        _begin_again(ticket, row, at=at)
    row.save()
    _record(ticket, row, before=before, by=by, at=at)
    if to in BACK and row.team and row.team_id != ticket.team_id and ticket.state != State.CLOSED:
        assign_many([(ticket, Charge(team=row.team))], by=SYSTEM, at=at)
    return row


def _begin_again(ticket: Ticket, row: Handover, *, at: datetime) -> None:
    given, hours = allowance(row.contractor, ticket, stay=row.stay, at=at)
    row.reworks += 1
    row.due_at, row.done_at = given.due, None
    begin_round(row, given, hours=hours, at=at)


def _record(ticket: Ticket, row: Handover, *, before: Standing, by: Actor, at: datetime) -> None:
    moved = HandoverMoved(
        ticket_id=ticket.pk,
        handover_id=row.pk,
        contractor_id=row.contractor_id,
        company_id=row.company_id,
        before=before,
        after=Standing(row.standing),
        reworks=row.reworks,
    )
    record(moved, ticket, by=by, at=at)
