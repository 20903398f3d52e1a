"""What lists filter, sort and count by is what messages, notes and journal make, whatever was done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.support.conversations.models import Delivery, Message, Trouble
from ambidesk.support.desk.counting import count
from ambidesk.support.desk.viewing import rows_of, views_for
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close, reopen, solve, wait
from ambidesk.support.tickets.delivering import Setback, refuse
from ambidesk.support.tickets.describing import prioritise, rename
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.forwarding import Forwarding, forward
from ambidesk.support.tickets.linking import link
from ambidesk.support.tickets.models import Filing, LinkKind, Priority, Regrouping, State, Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.opening import Opening, open_ticket
from ambidesk.support.tickets.regrouping import merge, move, split, undo
from ambidesk.support.tickets.resending import send_again
from ambidesk.support.tickets.snoozing import snooze, wake, wake_due
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.cast import Cast
from tests.support.tickets.recomputing import recomputed, stored

WHICH = st.integers(0, 5)
HELD = (State.OPEN, State.ON_HOLD, State.WAITING_OTHER, State.WAITING_REQUESTER)


class Tickets(RuleBasedStateMachine):
    """All verbs of tickets, in any order, over a handful of tickets of one brand."""

    standing: Cast

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.at: datetime = self.standing.at
        self.olga: Actor = self.standing.actor(self.standing.olga)
        self.tickets = [self.cast.ticket(), self.cast.ticket("Is it broken?")]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @property
    def cast(self) -> Cast:
        return replace(self.standing, at=self.at)

    def act(
        self, verb: Callable[..., Any], *args: Any, by: Actor | None = None, **more: Any
    ) -> Any:
        """Let a minute pass and do something; what is refused must change nothing."""
        self.at += timedelta(minutes=1)
        try:
            with transaction.atomic():
                return verb(*args, by=by or self.olga, at=self.at, **more)
        except Refusal:
            return None

    def one(self, which: int) -> Ticket:
        return self.tickets[which % len(self.tickets)]

    def messages(self, ticket: Ticket, **more: Any) -> list[Message]:
        filed = Filing.objects.filter(ticket=ticket, withdrawn_at=None)
        return list(Message.objects.filter(filings__in=filed, **more).order_by("pk"))

    @rule()
    def open_by_mail(self) -> None:
        if len(self.tickets) < 5:
            self.at += timedelta(minutes=1)
            self.tickets.append(self.cast.ticket("Something else"))

    @rule()
    def open_for_a_caller(self) -> None:
        opening = Opening(brand=self.cast.shop, requester=self.cast.boris, subject="By phone")
        if len(self.tickets) < 5 and (made := self.act(open_ticket, opening)):
            self.tickets.append(made)

    @rule(which=WHICH, automatic=st.booleans(), words=st.sampled_from(["And now?", ""]))
    def hear(self, which: int, *, automatic: bool, words: str) -> None:
        message = self.cast.write(words, automatic=automatic)
        message.recorded_at = self.at + timedelta(minutes=1)
        message.save()
        self.act(file_message, self.one(which), message, by=SYSTEM)

    @rule(which=WHICH, automatic=st.booleans(), state=st.sampled_from([None, State.SOLVED]))
    def answer(self, which: int, *, automatic: bool, state: State | None) -> None:
        said = Answer(
            text=f"It is on its way, {self.at:%H:%M}.",
            to=(self.cast.anna,),
            due_at=self.at,
            automatic=automatic,
            state=None if automatic else state,
        )
        self.act(answer, self.one(which), said)

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        if ours := self.messages(self.one(which), direction="out"):
            self.act(withdraw_answer, self.one(which), ours[-1])

    @rule(which=WHICH)
    def forward(self, which: int) -> None:
        if said := self.messages(self.one(which)):
            to = Forwarding(original=said[0], to=(self.cast.boris,), text="Look", due_at=self.at)
            self.act(forward, self.one(which), to)

    @rule(which=WHICH)
    def fail(self, which: int) -> None:
        rows = Delivery.objects.filter(message__in=self.messages(self.one(which)))
        if row := rows.filter(state="waiting").first():
            self.act(refuse, [Setback(delivery_id=row.pk, trouble=Trouble.NO_ADDRESS)])

    @rule(which=WHICH)
    def send_again(self, which: int) -> None:
        rows = Delivery.objects.filter(message__in=self.messages(self.one(which)))
        if row := rows.filter(state="refused").first():
            self.act(send_again, self.one(which), row)

    @rule(which=WHICH)
    def note(self, which: int) -> None:
        self.act(note, self.one(which), text="Ask the warehouse.")

    @rule(which=WHICH, taken=st.booleans())
    def assign(self, which: int, *, taken: bool) -> None:
        assignee = self.cast.olga if taken else None
        self.act(assign, self.one(which), assignee=assignee, team=self.cast.shop_team)

    @rule(which=WHICH)
    def describe(self, which: int) -> None:
        self.act(rename, self.one(which), subject=f"Parcel {self.at:%H:%M}")
        self.act(prioritise, self.one(which), priority=Priority.HIGH)

    @rule(which=WHICH)
    def solve(self, which: int) -> None:
        self.act(solve, self.one(which))

    @rule(which=WHICH)
    def close(self, which: int) -> None:
        self.act(close, self.one(which))

    @rule(which=WHICH)
    def reopen(self, which: int) -> None:
        self.act(reopen, self.one(which))

    @rule(which=WHICH, state=st.sampled_from(HELD))
    def wait(self, which: int, state: State) -> None:
        self.act(wait, self.one(which), state)

    @rule(which=WHICH)
    def snooze(self, which: int) -> None:
        self.act(snooze, self.one(which), until=self.at + timedelta(minutes=5))

    @rule(which=WHICH)
    def wake(self, which: int) -> None:
        self.act(wake, self.one(which))

    @rule()
    def sleep_on(self) -> None:
        self.at += timedelta(minutes=6)
        wake_due(at=self.at)

    @rule(which=WHICH, other=WHICH)
    def merge(self, which: int, other: int) -> None:
        self.act(merge, self.one(which), self.one(other))

    @rule(which=WHICH, other=WHICH, first=st.integers(0, 2))
    def move(self, which: int, other: int, first: int) -> None:
        chosen = self.messages(self.one(which))[first : first + 1]
        self.act(move, self.one(which), self.one(other), messages=chosen)

    @rule(which=WHICH, first=st.integers(0, 2))
    def split(self, which: int, first: int) -> None:
        chosen = self.messages(self.one(which))[first : first + 1]
        if made := self.act(split, self.one(which), messages=chosen, subject="Apart"):
            self.tickets.append(made.target)

    @rule(which=WHICH, other=WHICH)
    def link(self, which: int, other: int) -> None:
        self.act(link, self.one(which), self.one(other), kind=LinkKind.RELATED)

    @rule(back=st.integers(0, 3))
    def undo(self, back: int) -> None:
        made = list(Regrouping.objects.filter(undone_at=None).order_by("-pk"))
        if made:
            self.act(undo, made[back % len(made)])

    @invariant()
    def columns_are_what_happened(self) -> None:
        for ticket in Ticket.objects.filter(pk__in=[each.pk for each in self.tickets]):
            assert stored(ticket) == recomputed(ticket), ticket.pk
            assert not (ticket.unread and ticket.is_ended)
            assert ticket.waiting_since
            assert ticket.opened_at <= ticket.waiting_since <= self.at

    @invariant()
    def counts_are_those_of_the_lists(self) -> None:
        views = views_for(self.olga)
        tallies = count(views, actor=self.olga, at=self.at)
        for view in views:
            shown = rows_of(view, actor=self.olga, at=self.at).count()
            assert tallies[view.slug].number == shown, view.slug


def test_columns_are_what_was_said_and_done_whatever_the_order(cast: Cast) -> None:
    run_state_machine_as_test(
        type("TicketsOfTheCast", (Tickets,), {"standing": cast}),
        settings=settings(
            max_examples=25,
            stateful_step_count=14,
            deadline=None,
            # Fourteen steps can be read; making them fewer takes minutes.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[
                HealthCheck.function_scoped_fixture,
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
            ],
        ),
    )


def test_a_ticket_that_was_split_off_knows_when_its_requester_last_spoke(cast: Cast) -> None:
    ticket = cast.ticket()
    later = replace(cast, at=cast.at + timedelta(hours=1))
    second = later.write("And the lamp is broken")
    file_message(ticket, second, by=SYSTEM, at=later.at)
    at = later.at + timedelta(hours=1)
    made = split(ticket, messages=[second], subject="The lamp", by=SYSTEM, at=at)
    ticket.refresh_from_db()
    assert made.target.last_inbound_at == later.at
    assert made.target.preview == "And the lamp is broken"
    assert ticket.last_inbound_at == ticket.last_at == cast.at
