"""Capacity: whatever people do in whatever order, nobody holds too much and nothing is lost."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing import attendance
from ambidesk.support.routing.attending import watch_browsers
from ambidesk.support.routing.carrying import hands_of
from ambidesk.support.routing.models import Mode, Place, Queue
from ambidesk.support.routing.pushing import push_waiting
from ambidesk.support.routing.returning import return_vanished
from ambidesk.support.routing.settling import settle
from ambidesk.support.routing.taking import take_next
from ambidesk.support.tickets.closing import reopen, solve, wait
from ambidesk.support.tickets.models import State, Ticket, WaitingFor
from tests.cast import make_cast
from tests.support.routing.conftest import shop_of

WHO = st.sampled_from(["olga", "ivan"])
PICK = st.integers(0, 999)


class Desk(RuleBasedStateMachine):
    """Two operators with room for two and three, and a queue that pulls or pushes."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        for user in attendance.present_users():
            ephemeral.leave(attendance.PLACE, user)
        self.shop = shop_of(make_cast(self.now))
        self.numbers: list[int] = []
        self.shop.attend(self.shop.cast.olga, capacity=2)
        self.shop.attend(self.shop.cast.ivan, capacity=3)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def member(self, who: str) -> Member:
        return getattr(self.shop.cast, who)  # type: ignore[no-any-return]

    def one(self, pick: int) -> Ticket | None:
        return (
            Ticket.objects.get(pk=self.numbers[pick % len(self.numbers)]) if self.numbers else None
        )

    @rule()
    def somebody_writes(self) -> None:
        self.numbers.append(self.shop.cast.ticket().pk)

    @rule(who=WHO)
    def takes(self, who: str) -> None:
        member = self.member(who)
        try:
            take_next(member, by=self.shop.cast.actor(member), at=self.now)
        except Refusal:
            return

    @rule(
        pick=PICK, state=st.sampled_from([State.OPEN, State.WAITING_OTHER, State.WAITING_REQUESTER])
    )
    def turns(self, pick: int, state: State) -> None:
        ticket = self.one(pick)
        if ticket and not ticket.is_ended and ticket.state != state:
            wait(ticket, state, by=SYSTEM, at=self.now)

    @rule(pick=PICK)
    def ends(self, pick: int) -> None:
        ticket = self.one(pick)
        if ticket:
            (reopen if ticket.is_ended else solve)(ticket, by=SYSTEM, at=self.now)

    @rule(who=WHO)
    def closes_the_desk(self, who: str) -> None:
        ephemeral.leave(attendance.PLACE, self.member(who).user_id)

    @rule(who=WHO)
    def opens_the_desk(self, who: str) -> None:
        attendance.report([self.member(who).user_id])

    @rule(minutes=st.integers(0, 3))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        watch_browsers(at=self.now)
        return_vanished(at=self.now)

    @rule(mode=st.sampled_from([Mode.PULL, Mode.PUSH]))
    def works_in_another_way(self, mode: Mode) -> None:
        Queue.objects.update(mode=mode)
        push_waiting(at=self.now)

    @rule()
    def the_subscriber_runs(self) -> None:
        settle(self.numbers, by=SYSTEM, at=self.now)

    @invariant()
    def nobody_holds_more_than_fits(self) -> None:
        members = [self.shop.cast.olga.pk, self.shop.cast.ivan.pk]
        for hands in hands_of(members, at=self.now).values():
            assert hands.load <= hands.capacity

    @invariant()
    def nothing_is_lost(self) -> None:
        settle(self.numbers, by=SYSTEM, at=self.now)
        ours = Ticket.objects.filter(waiting_for=WaitingFor.US)
        nobodys = set(ours.filter(assignee=None).values_list("pk", flat=True))
        assert nobodys == set(Place.objects.filter(reserved_for=None).values_list("pk", flat=True))


def test_whatever_happens_nobody_holds_too_much_and_nothing_is_lost(db: None) -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
