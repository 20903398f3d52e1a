"""A stage that took longer than the contract promises costs a penalty, once, by its clause."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.charges.excusing import excuse
from ambidesk.service.charges.models import Penalty
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract
from ambidesk.service.contracts.rules.penalties import Breach, PenaltyRule, Rate, penalties
from ambidesk.service.contracts.said import PenaltySaid, StageSaid
from ambidesk.service.contracts.writing import NoSuchStage
from ambidesk.service.workflow.models import Process
from ambidesk.support.stages.moving import begin, go
from ambidesk.support.stages.penalising import penalise, penalise_due
from ambidesk.support.tickets.closing import wait
from ambidesk.support.tickets.models import State, Ticket
from tests.cast import Cast
from tests.service.contracts import agreements
from tests.support.stages.processes import covered, published
from tests.support.stages.test_agreed import PLAN

HOUR = timedelta(hours=1)
LATE = PenaltySaid(clause="9.2", goal="stage", rate="hour", value=Decimal(500), excuses=("client",))


def promised(cast: Cast, *late: PenaltySaid, name: str = "North Star") -> Contract:
    """A contract that promises four hours for any stage and two for the first of a process."""
    contract = agreements.contract(agreements.company(name), cast.at, fee=Decimal(20_000))
    process = published(cast, PLAN, name)
    stages = (
        StageSaid(clause="4.1", work=4 * HOUR),
        StageSaid(clause="4.2", work=2 * HOUR, process=process, stage=1),
    )
    agreements.draft(contract, cast.at, agreements.ALL, stages=stages, penalties=late)
    activate(contract, by=SYSTEM, at=cast.at)
    return contract


def standing(cast: Cast, contract: Contract) -> Ticket:
    """A ticket of the contract in the first stage of the process."""
    ticket = covered(cast, contract.company)
    process = Process.objects.latest("pk")
    begin(ticket, process, by=SYSTEM, at=cast.at)
    return Ticket.objects.get(pk=ticket.pk)


def counted(contract: Contract, at: datetime) -> Sequence[tuple[Decimal, str, int, str]]:
    penalise(contract, by=SYSTEM, at=at)
    rows = Penalty.objects.order_by("pk").select_related("rule")
    return [(row.amount, row.rule.clause, row.late_seconds, row.excuse) for row in rows]


def test_each_begun_hour_in_a_stage_costs_and_counting_again_changes_nothing(cast: Cast) -> None:
    contract = promised(cast, LATE)
    ticket = standing(cast, contract)
    assert counted(contract, cast.at + 2 * HOUR - timedelta(minutes=1)) == []
    # It still runs, and grows.
    assert counted(contract, cast.at + 3 * HOUR) == [(500, "9.2", 3600, "")]
    go(ticket, 1, by=SYSTEM, at=cast.at + 3.5 * HOUR)
    assert counted(contract, cast.at + 5 * HOUR) == [(1000, "9.2", 5400, "")]
    assert penalise_due(by=SYSTEM, at=cast.at + 6 * HOUR) == 0
    # The next stage has its own time, of the other clause.
    found = counted(contract, cast.at + 8 * HOUR)
    assert found == [(1000, "9.2", 5400, ""), (500, "9.2", 1800, "")]


def test_a_penalty_may_be_for_the_stages_of_one_clause(cast: Cast) -> None:
    contract = promised(
        cast, PenaltySaid(clause="9.3", goal="stage", stages="4.1", rate="each", value=Decimal(700))
    )
    ticket = standing(cast, contract)
    assert counted(contract, cast.at + 3 * HOUR) == []
    go(ticket, 1, by=SYSTEM, at=cast.at + 3 * HOUR)
    assert counted(contract, cast.at + 8 * HOUR) == [(700, "9.3", 3600, "")]


def test_a_stage_that_only_the_process_times_and_a_penalty_for_answers_cost_nothing(
    cast: Cast,
) -> None:
    contract = agreements.contract(agreements.company(), cast.at, fee=Decimal(20_000))
    published(cast, PLAN)
    agreements.draft(contract, cast.at, agreements.ALL, penalties=(LATE,))
    activate(contract, by=SYSTEM, at=cast.at)
    standing(cast, contract)
    assert counted(contract, cast.at + 30 * HOUR) == []
    of_answers = promised(
        cast, PenaltySaid(clause="9.1", goal="resolution", value=Decimal(1)), name="B"
    )
    assert counted(of_answers, cast.at + 30 * HOUR) == []


def test_waiting_for_the_client_excuses_a_stage_too(cast: Cast) -> None:
    contract = promised(cast, LATE)
    ticket = standing(cast, contract)
    wait(ticket, State.WAITING_REQUESTER, by=SYSTEM, at=cast.at + HOUR)
    wait(ticket, State.OPEN, by=SYSTEM, at=cast.at + 3 * HOUR)
    assert counted(contract, cast.at + 3.5 * HOUR) == [(0, "9.2", 5400, "client")]


def test_a_late_stage_is_excused_by_hand_and_stays_so(cast: Cast) -> None:
    contract = promised(cast, LATE)
    standing(cast, contract)
    counted(contract, cast.at + 3 * HOUR)
    by = cast.actor(cast.admin)
    excuse(Penalty.objects.get(), words="The road was closed", by=by, at=cast.at + 3 * HOUR)
    counted(contract, cast.at + 4 * HOUR)
    row = Penalty.objects.get()
    assert (row.amount, row.excused) == (1000, 1000)


def test_a_penalty_for_stages_that_are_not_promised_is_refused(cast: Cast) -> None:
    contract = agreements.contract(agreements.company(), cast.at)
    for goal, clause in (("stage", "4.9"), ("resolution", "4.1")):
        late = PenaltySaid(clause="9.2", goal=goal, stages=clause, value=Decimal(1))
        stages = (StageSaid(clause="4.1", work=HOUR),)
        with pytest.raises(NoSuchStage):
            agreements.draft(contract, cast.at, agreements.ALL, stages=stages, penalties=(late,))


RULES = st.builds(
    PenaltyRule,
    key=st.integers(1, 9),
    clause=st.just("9"),
    goal=st.sampled_from(["stage", "resolution"]),
    stages=st.sampled_from(["", "4.1", "4.2"]),
    rate=st.sampled_from([Rate.EACH, Rate.HOUR, Rate.DAY]),
    value=st.decimals(0, 900, places=2),
    cap=st.none() | st.decimals(0, 30, places=1),
)
BREACHES = st.builds(
    Breach,
    key=st.integers(1, 99),
    goal=st.just("stage"),
    on=st.just(date(2026, 3, 1)),
    late_for=st.timedeltas(timedelta(), timedelta(days=9)),
    promised=st.sampled_from(["4.1", "4.2", "4.3"]),
)
FEE = Money(Decimal(100_000), "RUB")


@given(
    st.lists(RULES, max_size=4, unique_by=lambda rule: rule.key),
    st.lists(BREACHES, max_size=6, unique_by=lambda breach: breach.key),
)
def test_a_rule_counts_the_stages_of_its_clause_and_the_cap_holds(
    rules: list[PenaltyRule], breaches: list[Breach]
) -> None:
    found = penalties(rules, breaches, fee=FEE)
    of = {rule.key: rule for rule in rules}
    late = {breach.key: breach for breach in breaches}
    for each in found:
        assert of[each.rule].goal == "stage"
        assert of[each.rule].stages in {"", late[each.breach].promised}
        assert each.amount.amount >= 0
    # Each late stage once by each rule that is for it, and by no other.
    expected = {
        (breach.key, rule.key)
        for breach in breaches
        for rule in rules
        if breach.late_for and rule.goal == "stage" and rule.stages in {"", breach.promised}
    }
    assert {(each.breach, each.rule) for each in found} == expected
    assert len(found) == len(expected)
    for rule in rules:
        if rule.cap is not None:
            spent = sum(each.amount.amount for each in found if each.rule == rule.key)
            assert spent <= FEE.times(rule.cap / 100).amount
