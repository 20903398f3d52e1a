"""Penalties of a contract come from broken promises, and equal a recount from the journal."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localtime

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.service.charges.excusing import (
    AlreadyExcused,
    ExcusedForNothing,
    NotCountedAnyMore,
    excuse,
)
from ambidesk.service.charges.models import Excusal, Penalty
from ambidesk.service.charges.penalising import Late, count_penalties, period_of
from ambidesk.service.charges.reading import penalty_rule
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract, PenaltyRule
from ambidesk.service.contracts.rules.penalties import Breach, penalties
from ambidesk.service.contracts.said import LineSaid, PenaltySaid, PromiseSaid
from ambidesk.service.sla.rules.facts import Goal, Stage, Target
from ambidesk.support.coverage.settling import settle
from ambidesk.support.handovers.judging import withdraw
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.promises.erasing import erase_excuses
from ambidesk.support.promises.settling import clocks_of
from ambidesk.support.stages.penalising import penalise, penalise_due
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.closing import solve, wait
from ambidesk.support.tickets.describing import prioritise
from ambidesk.support.tickets.models import Priority, State, Ticket
from tests.called_in import call_in
from tests.service.contracts import agreements
from tests.support.promises.conftest import HOUR

pytestmark = pytest.mark.django_db
LATE = PenaltySaid(
    clause="9.1",
    goal="resolution",
    rate="hour",
    value=Decimal(500),
    cap=Decimal(10),
    excuses=("client", "stopped"),
)


def unpaused(hours):
    """A promise that the client's silence does not stop."""
    return [Target(goal=Goal.RESOLUTION, work=hours * HOUR)]


@pytest.fixture
def chain(office):
    """A chain that is promised a solution in eight hours, whoever is waited for."""
    return promised(office, LATE)


def promised(office, late, name="North Star"):
    """A company of the name with a contract of this penalty."""
    made = agreements.company(name)
    policy = office.arrange(name=name, place=99, targets=unpaused(8))
    contract = agreements.contract(made, office.cast.at, fee=Decimal(20_000))
    agreements.draft(
        contract,
        office.cast.at,
        LineSaid(clause="2.1"),
        promises=(PromiseSaid(clause="3.1", policy=policy),),
        penalties=(late,),
    )
    activate(contract, by=SYSTEM, at=office.cast.at)
    return made


def again(contract, office, late, *, starts_on):
    """Let another version hold from a day on, with this penalty."""
    agreements.draft(
        contract, office.cast.at, LineSaid(clause="2.1"), starts_on=starts_on, penalties=(late,)
    )
    activate(contract, by=SYSTEM, at=office.cast.at)


def of(chain, office):
    ticket = office.cast.ticket()
    attribute(ticket, company=chain, by=SYSTEM, at=office.cast.at)
    settle([ticket.pk], by=SYSTEM, at=office.cast.at)
    office.follow(office.cast.at)
    return Ticket.objects.get(pk=ticket.pk)


def solved(ticket, office, hours):
    at = office.cast.at + hours * HOUR
    solve(ticket, by=SYSTEM, at=at)
    office.follow(at)
    return at


def counted(at):
    penalise(Contract.objects.get(), by=SYSTEM, at=at)
    return [(row.amount, row.cut, row.excuse) for row in Penalty.objects.order_by("pk")]


def test_a_promise_that_is_kept_costs_nothing(chain, office):
    ticket = of(chain, office)
    assert counted(solved(ticket, office, 8)) == []


def test_each_begun_hour_costs_and_counting_again_changes_nothing(chain, office):
    at = solved(of(chain, office), office, 9.5)
    assert counted(at) == [(1000, 0, "")]
    row = Penalty.objects.get()
    assert (row.late_seconds, row.rule.clause) == (5400, "9.1")
    assert penalise_due(by=SYSTEM, at=at + timedelta(days=1)) == 0


def test_the_cap_holds_for_all_of_a_period(chain, office):
    tickets = [of(chain, office) for _each in range(2)]
    for ticket in tickets:
        at = solved(ticket, office, 11)
    # Ten per cent of 20,000: the second breach gets what the first left.
    assert counted(at) == [(1500, 0, ""), (500, 1000, "")]


def test_what_broke_only_because_the_client_was_waited_for_costs_nothing(chain, office):
    ticket = of(chain, office)
    wait(ticket, State.WAITING_REQUESTER, by=SYSTEM, at=office.cast.at + HOUR)
    wait(ticket, State.OPEN, by=SYSTEM, at=office.cast.at + 6 * HOUR)
    assert counted(solved(ticket, office, 10)) == [(0, 0, "client")]


def test_a_wait_that_would_not_have_saved_the_promise_excuses_nothing(chain, office):
    ticket = of(chain, office)
    wait(ticket, State.WAITING_REQUESTER, by=SYSTEM, at=office.cast.at + HOUR)
    wait(ticket, State.OPEN, by=SYSTEM, at=office.cast.at + 2 * HOUR)
    assert counted(solved(ticket, office, 10)) == [(1000, 0, "")]


def test_a_breach_that_still_runs_grows(chain, office):
    of(chain, office)
    assert counted(office.cast.at + 9 * HOUR) == [(500, 0, "")]
    assert counted(office.cast.at + 10.5 * HOUR) == [(1500, 0, "")]


def test_the_facts_equal_an_independent_recount_from_the_journal(chain, office):
    tickets = [of(chain, office) for _each in range(3)]
    wait(tickets[1], State.WAITING_REQUESTER, by=SYSTEM, at=office.cast.at + HOUR)
    wait(tickets[1], State.OPEN, by=SYSTEM, at=office.cast.at + 7 * HOUR)
    for number, ticket in enumerate(tickets):
        at = solved(ticket, office, 9 + number)
    counted(at)
    breaches = []
    for ticket in tickets:
        entries = journal.entries_of("ticket", ticket.pk)
        (clock,) = [each for each in clocks_of(ticket, entries) if each.goal is Goal.RESOLUTION]
        waited = sum(
            (each.worked for each in clock.pieces if each.stage is Stage.REQUESTER), timedelta()
        )
        late = clock.used - clock.target.work
        breaches.append(
            Breach(
                key=ticket.promise_id,
                goal="resolution",
                on=office.cast.at.date(),
                late_for=late,
                excuse="client" if late <= waited else "",
            )
        )
    rules = [penalty_rule(PenaltyRule.objects.get())]
    again = penalties(rules, breaches, fee=Money(Decimal(20_000), "RUB"))
    stored = {row.promise_id: (row.amount, row.cut, row.excuse) for row in Penalty.objects.all()}
    assert stored == {
        each.breach: (each.amount.amount, each.cut.amount, each.excuse) for each in again
    }


def test_periods_do_not_drift(office):
    contract = Contract(starts_on=date(2026, 1, 31), fee_every="month")
    assert period_of(contract, date(2026, 2, 27)) == date(2026, 1, 31)
    assert period_of(contract, date(2026, 2, 28)) == date(2026, 2, 28)
    assert period_of(contract, date(2026, 3, 31)) == date(2026, 3, 31)


def test_a_contract_promises_by_type_priority_and_class_the_most_specific_first(chain, office):
    quick = office.arrange(name="Quick", place=99, targets=unpaused(2))
    contract = Contract.objects.get()
    general = office.policy
    agreements.draft(
        contract,
        office.cast.at,
        LineSaid(clause="2.1"),
        starts_on=office.cast.at.date(),
        promises=(
            PromiseSaid(clause="3.1", policy=general),
            PromiseSaid(clause="3.2", policy=quick, priority=Priority.URGENT),
        ),
    )
    activate(contract, by=SYSTEM, at=office.cast.at)
    ticket = of(chain, office)
    assert office.clocks(ticket)["resolution", 1].work_seconds == 8 * 3600
    prioritise(ticket, priority=Priority.URGENT, by=SYSTEM, at=office.cast.at + HOUR)
    office.follow(office.cast.at + HOUR)
    assert office.clocks(ticket)["resolution", 1].work_seconds == 2 * 3600


def test_work_that_was_stopped_for_debts_is_excused(chain, office):
    ticket = of(chain, office)
    contract = Contract.objects.get()
    contract.stops.create(
        company=chain, why="debt", blocks=["contract"], set_at=office.cast.at + HOUR
    )
    assert counted(solved(ticket, office, 10)) == [(0, 0, "stopped")]


def test_the_clients_clock_runs_on_while_a_contractor_has_the_ticket(chain, office):
    ticket, at = of(chain, office), office.cast.at
    before = office.clocks(ticket)["resolution", 1].due_at
    called = call_in(office.cast)
    row = offer(ticket, Task(what="Look"), to=called.cold, by=SYSTEM, at=at + HOUR)
    office.follow(at + HOUR)
    clock = office.clocks(ticket)["resolution", 1]
    assert (clock.due_at, clock.is_paused, clock.met_at) == (before, False, None)
    withdraw(row, by=SYSTEM, at=at + 5 * HOUR)
    office.follow(at + 5 * HOUR)
    assert office.clocks(ticket)["resolution", 1].due_at == before
    assert counted(solved(ticket, office, 9)) == [(500, 0, "")]


def test_a_stop_shorter_than_the_lateness_excuses_nothing(chain, office):
    ticket, at = of(chain, office), office.cast.at
    Contract.objects.get().stops.create(
        company=chain,
        why="debt",
        blocks=["contract"],
        set_at=at + HOUR,
        lifted_at=at + 2 * HOUR,
    )
    assert counted(solved(ticket, office, 10)) == [(1000, 0, "")]


def test_a_breach_whose_due_day_moves_into_a_later_period_stays_one(chain, office):
    ticket, contract = of(chain, office), Contract.objects.get()
    first = office.cast.at.date()
    for on in (first, first + timedelta(days=70)):
        late = Late(promise=ticket.promise_id, goal="resolution", number=1, on=on, late_for=HOUR)
        since = period_of(contract, on)
        count_penalties(contract, [late], since=since, by=SYSTEM, at=office.cast.at)
    assert [row.on for row in Penalty.objects.all()] == [on]


def test_a_breach_that_runs_for_months_costs_until_it_is_mended(office):
    ticket = of(promised(office, replace(LATE, cap=None)), office)
    assert counted(office.cast.at + 9 * HOUR) == [(500, 0, "")]
    assert counted(office.cast.at + 100 * 24 * HOUR) == [((2400 - 8) * 500, 0, "")]
    at = solved(ticket, office, 2450)
    # It is counted a last time although it was mended long ago since it fell due.
    assert counted(at + HOUR) == [((2450 - 8) * 500, 0, "")]
    assert penalise_due(by=SYSTEM, at=at + timedelta(days=30)) == 0


def test_a_breach_costs_nothing_more_once_its_contract_is_over(office):
    of(promised(office, replace(LATE, cap=None)), office)
    ends = office.cast.at + 20 * 24 * HOUR
    Contract.objects.update(until_on=localtime(ends).date())
    midnight = localtime(ends).replace(hour=0, minute=0, second=0, microsecond=0)
    late = midnight - office.cast.at - 8 * HOUR
    ((amount, _cut, _excuse),) = counted(office.cast.at + 60 * 24 * HOUR)
    assert amount == -(-late // HOUR) * 500


def test_a_penalty_stays_with_the_contract_that_held_when_it_fell_due(chain, office):
    ticket, contract = of(chain, office), Contract.objects.get()
    assert counted(office.cast.at + 9 * HOUR) == [(500, 0, "")]
    other = promised(office, LATE, "South Star")
    at = office.cast.at + 20 * HOUR
    attribute(ticket, company=other, by=SYSTEM, at=at)
    settle([ticket.pk], by=SYSTEM, at=at)
    office.follow(at)
    assert Ticket.objects.get(pk=ticket.pk).coverage.contract.company == other
    for each in Contract.objects.all():
        penalise(each, by=SYSTEM, at=at + HOUR, whole=True)
    (row,) = Penalty.objects.all()
    assert (row.contract, row.amount, row.cut) == (contract, 2000, 13 * 500 - 2000)


def test_a_due_day_that_moves_under_another_version_leaves_one_penalty(chain, office):
    ticket, contract = of(chain, office), Contract.objects.get()
    first = office.cast.at.date()
    moved = first + timedelta(days=70)
    again(contract, office, LATE, starts_on=first + timedelta(days=40))
    for on in (first, moved):
        late = Late(promise=ticket.promise_id, goal="resolution", number=1, on=on, late_for=HOUR)
        since = period_of(contract, on)
        count_penalties(contract, [late], since=since, by=SYSTEM, at=office.cast.at)
    (row,) = Penalty.objects.all()
    assert (row.on, row.rule.version.number) == (moved, 2)


def test_a_new_version_in_mid_period_does_not_grant_the_cap_anew(chain, office):
    tickets, contract = [of(chain, office) for _each in range(2)], Contract.objects.get()
    again(contract, office, LATE, starts_on=date(2026, 6, 15))
    lates = [
        Late(promise=each.promise_id, goal="resolution", number=1, on=on, late_for=3 * HOUR)
        for each, on in zip(tickets, (date(2026, 6, 10), date(2026, 6, 20)), strict=True)
    ]
    count_penalties(contract, lates, since=date(2026, 6, 1), by=SYSTEM, at=office.cast.at)
    rows = Penalty.objects.order_by("on")
    assert [(row.amount, row.cut) for row in rows] == [(1500, 0), (500, 1000)]
    assert [row.rule.version.number for row in rows] == [1, 2]


def owed(contract):
    rows = Penalty.objects.filter(contract=contract).order_by("pk")
    return [(row.amount, row.excused) for row in rows]


def test_what_a_person_excuses_costs_nothing_however_long_it_runs(chain, office):
    of(chain, office)
    contract = Contract.objects.get()
    assert counted(office.cast.at + 9 * HOUR) == [(500, 0, "")]
    row, at = Penalty.objects.get(), office.cast.at + 9 * HOUR
    excusal = excuse(row, words="Flood in the street", by=SYSTEM, at=at)
    assert (excusal.words, owed(contract)) == ("Flood in the street", [(500, 500)])
    counted(office.cast.at + 10.5 * HOUR)
    assert owed(contract) == [(1500, 1500)]
    with pytest.raises(AlreadyExcused):
        excuse(row, words="Again", by=SYSTEM, at=at)


def test_who_excuses_may_and_says_why(chain, office):
    of(chain, office)
    counted(office.cast.at + 9 * HOUR)
    row, at = Penalty.objects.get(), office.cast.at + 9 * HOUR
    with pytest.raises(NotEntitled):
        excuse(row, words="Flood", by=Actor(kind=ActorKind.USER, id=1), at=at)
    with pytest.raises(ExcusedForNothing):
        excuse(row, words=" ", by=SYSTEM, at=at)
    Penalty.objects.all().delete()
    with pytest.raises(NotCountedAnyMore):
        excuse(row, words="Flood", by=SYSTEM, at=at)
    assert not Excusal.objects.exists()


def test_what_is_excused_leaves_the_cap_to_the_others(chain, office):
    tickets = [of(chain, office) for _each in range(2)]
    for ticket in tickets:
        at = solved(ticket, office, 11)
    assert counted(at) == [(1500, 0, ""), (500, 1000, "")]
    excuse(Penalty.objects.earliest("pk"), words="Flood", by=SYSTEM, at=at)
    counted(at)
    assert owed(Contract.objects.get()) == [(500, 500), (1500, 0)]


def test_why_it_was_excused_goes_with_the_person_whose_ticket_it_was(chain, office):
    ticket = of(chain, office)
    at = solved(ticket, office, 9)
    counted(at)
    excuse(Penalty.objects.get(), words="Anna was ill", by=SYSTEM, at=at)
    erase_excuses(ticket.requester)
    assert Excusal.objects.get().words == ""
