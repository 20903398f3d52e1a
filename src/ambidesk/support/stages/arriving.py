"""Arriving: what comes of a move for the ticket: who is in charge, its state, actions."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Run, Stay
from ambidesk.service.workflow.rules.plan import Doing
from ambidesk.support.desk.batches.applying import apply_steps
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.stages.clocks import settle
from ambidesk.support.stages.contracting import hand_over
from ambidesk.support.stages.rules.turns import state_of
from ambidesk.support.tickets.assigning import Charge, assign_many
from ambidesk.support.tickets.closing import wait
from ambidesk.support.tickets.models import State, Ticket


class StageRefused(Refusal):
    """What the stage does of itself cannot be done with this ticket."""

    sentence = _("The stage cannot be entered or left: %(words)s")


def arrive(ticket: Ticket, run: Run, *, entered: Sequence[Stay], by: Actor, at: datetime) -> None:
    """Put who is in charge there, bring the ticket into its state, do what entering does."""
    for stay in entered:
        if stay.team and stay.team_id != ticket.team_id:
            assign_many([(ticket, Charge(team=stay.team))], by=by, at=at).single()
    ticket.refresh_from_db()
    if any(stage_of(stay).contractor for stay in entered):
        # Their clock ends before that of the stage, which has to be known.
        settle(ticket, run, at=at)
    for stay in entered:
        hand_over(ticket, stay, at=at)
    stays = run.stays.filter(left_at=None).select_related("version") if not run.is_over else entered
    states = [State(stage_of(stay).state) for stay in stays if stay.waits_from is None]
    ticket.refresh_from_db()
    state = state_of(states, before=State(ticket.state))
    if state is State.CLOSED:
        # Nothing can be done with a closed ticket any more.
        _enter(ticket, entered, at=at)
        ticket.refresh_from_db()
    if state is not None and state != ticket.state:
        wait(ticket, state, by=by, at=at)
    if state is not State.CLOSED:
        _enter(ticket, entered, at=at)


def _enter(ticket: Ticket, entered: Sequence[Stay], *, at: datetime) -> None:
    for stay in entered:
        if stay.waits_from is None:
            do_steps(ticket, stage_of(stay).on_entry, at=at)


def do_steps(ticket: Ticket, doings: Sequence[Doing], *, at: datetime) -> None:
    """
    Do what a stage does of itself: whoever published it was allowed to.

    Raises:
        StageRefused: with what stands in the way; the move is not made.
    """
    if not doings:
        return
    applied = apply_steps(kept_steps(doings), [ticket.pk], by=SYSTEM, at=at)
    for refusal in applied.refused.values():
        raise StageRefused(words=refusal)
