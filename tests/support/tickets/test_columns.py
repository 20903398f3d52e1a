"""What lists filter and count by, recomputed from the journal, is what is stored."""

from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.kernel.journal import Entry, entries_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.desk.counting import count
from ambidesk.support.desk.viewing import rows_of, views_for
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close, reopen, solve, wait
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.models import Filing, Regrouping, State, Ticket
from ambidesk.support.tickets.regrouping import merge, undo
from ambidesk.support.tickets.rules.states import waiting_for
from ambidesk.support.tickets.snoozing import snooze, wake
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.cast import Cast

STEPS = "hear answer withdraw assign release solve close reopen hold snooze wake merge undo".split()


def _step(cast: Cast, name: str, tickets: list[Ticket], *, which: int, at: datetime) -> None:
    ticket, other = tickets[which % 2], tickets[1 - which % 2]
    olga = cast.actor(cast.olga)
    said = Answer(text="Yes.", to=(cast.anna,), due_at=at)
    tomorrow = at + timedelta(days=1)
    team = cast.shop_team
    steps = {
        "hear": lambda: file_message(ticket, cast.write(), by=SYSTEM, at=at),
        "answer": lambda: answer(ticket, said, by=olga, at=at),
        "withdraw": lambda: _withdraw(cast, ticket, at=at),
        "assign": lambda: assign(ticket, assignee=cast.olga, team=team, by=olga, at=at),
        "release": lambda: assign(ticket, assignee=None, team=team, by=olga, at=at),
        "solve": lambda: solve(ticket, by=olga, at=at),
        "close": lambda: close(ticket, by=olga, at=at),
        "reopen": lambda: reopen(ticket, by=olga, at=at),
        "hold": lambda: wait(ticket, State.ON_HOLD, by=olga, at=at),
        "snooze": lambda: snooze(ticket, until=tomorrow, by=olga, at=at),
        "wake": lambda: wake(ticket, by=olga, at=at),
        "merge": lambda: merge(ticket, other, by=olga, at=at),
        "undo": lambda: _undo(cast, at=at),
    }
    steps[name]()


def _withdraw(cast: Cast, ticket: Ticket, *, at: datetime) -> None:
    ours = Filing.objects.filter(ticket=ticket, message__direction="out", withdrawn_at=None)
    if last := ours.last():
        withdraw_answer(ticket, last.message, by=cast.actor(cast.olga), at=at)


def _undo(cast: Cast, *, at: datetime) -> None:
    if made := Regrouping.objects.filter(undone_at=None).last():
        undo(made, by=cast.actor(cast.olga), at=at)


def _state(ticket: Ticket) -> State:
    state = State.NEW
    for entry in entries_of("ticket", ticket.pk):
        state = _after(state, entry)
    return state


def _after(state: State, entry: Entry) -> State:
    match entry.kind:
        case "tickets.message_filed" | "tickets.answered" | "tickets.state_changed":
            return State(entry.data["state"])
        case "tickets.assigned":
            begins = state is State.NEW and entry.data["assignee_id"] is not None
            return State.OPEN if begins else state
        case "tickets.answer_withdrawn":
            return State.OPEN
        case "tickets.regrouped":
            made = Regrouping.objects.get(pk=entry.data["regrouping_id"])
            if made.source_id != entry.subject_id:
                return state
            return State(made.source_state) if entry.data["undone"] else State.CLOSED
    return state


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1)), max_size=10))
def test_columns_are_what_the_journal_tells_whatever_was_done(
    cast: Cast, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        tickets = [cast.ticket(), cast.ticket()]
        at = cast.at
        for name, which in steps:
            at += timedelta(minutes=1)
            try:
                with transaction.atomic():
                    _step(cast, name, tickets, which=which, at=at)
            except Refusal:
                continue
        for ticket in Ticket.objects.filter(pk__in=[each.pk for each in tickets]):
            state = _state(ticket)
            assert ticket.state == state
            assert ticket.waiting_for == waiting_for(state)
            assert (ticket.closed_at is not None) == (state is State.CLOSED)
            assert not (ticket.unread and ticket.is_ended)
        olga = cast.actor(cast.olga)
        views = views_for(olga)
        tallies = count(views, actor=olga, at=at)
        for view in views:
            assert tallies[view.slug].number == rows_of(view, actor=olga, at=at).count(), view.slug
        transaction.set_rollback(True)
