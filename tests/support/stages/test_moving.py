"""A ticket goes by a process: refused with the reason, ticked, through branches, to its end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.said import StageSaid
from ambidesk.service.sla.models import Clock
from ambidesk.service.workflow.drawing import NotReady
from ambidesk.service.workflow.models import Process, ProcessVersion, Run, Stay, Tick
from ambidesk.service.workflow.models.run import PLACES, standing_of
from ambidesk.service.workflow.rules.plan import Deadline, Item, Plan, StageKind
from ambidesk.service.workflow.rules.standing import NotFromHere, fold, offered
from ambidesk.service.workflow.shipped import INCIDENT, REPAIR, SHIPPED
from ambidesk.support.stages.clocks import clocks_by_stay
from ambidesk.support.stages.moving import (
    AlreadyUnderWay,
    NoProcess,
    NotYet,
    ProcessOver,
    begin,
    go,
)
from ambidesk.support.stages.shipping import take_up
from ambidesk.support.stages.ticking import NoSuchLine, tick
from ambidesk.support.tickets.closing import GoesByStages, close, solve
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Note, State, Ticket
from tests.cast import Cast
from tests.service.workflow.plans import sound_plans, stage, way
from tests.support.stages.processes import changed, covered, promised_stages, published

HOUR = timedelta(hours=1)


@pytest.fixture
def repair(cast: Cast) -> Process:
    """The ready-made repair."""
    return published(cast, REPAIR)


def ticked(cast: Cast, ticket: Ticket, stage: int, *items: int) -> None:
    """Olga ticks lines off."""
    for item in items:
        tick(ticket, stage=stage, item=item, done=True, by=cast.actor(cast.olga), at=cast.at)


def gone(cast: Cast, ticket: Ticket, transition: int, reason: str = "", hours: int = 0) -> Ticket:
    """Olga takes a step."""
    at = cast.at + HOUR * hours
    go(ticket, transition, reason=reason, by=cast.actor(cast.olga), at=at)
    return Ticket.objects.get(pk=ticket.pk)


def standing(ticket: Ticket) -> list[int]:
    """Where it stands."""
    run = Run.objects.get(ticket=ticket)
    return [each.stage for each in standing_of(run).tokens]


def begun(cast: Cast, process: Process, of: Company | None = None) -> Ticket:
    """A ticket that goes by a process, of a company with a contract."""
    ticket = cast.ticket() if of is None else covered(cast, of)
    begin(ticket, process, by=cast.actor(cast.olga), at=cast.at)
    return Ticket.objects.get(pk=ticket.pk)


def test_a_step_with_the_checklist_open_is_refused_with_what_is_missing(
    cast: Cast, repair: Process
) -> None:
    ticket = begun(cast, repair)
    before = len(entries_of("ticket", ticket.pk))
    with pytest.raises(NotYet, match="tick “Device and fault are known”"):
        gone(cast, ticket, 1)
    assert standing(ticket) == [1]
    assert len(entries_of("ticket", ticket.pk)) == before
    ticked(cast, ticket, 1, 1)
    assert gone(cast, ticket, 1).state == State.OPEN
    assert standing(ticket) == [2]


def test_both_branches_must_come_before_the_repair_begins(cast: Cast, repair: Process) -> None:
    ticket = begun(cast, repair)
    ticked(cast, ticket, 1, 1)
    gone(cast, ticket, 1)
    ticked(cast, ticket, 2, 1, 2)
    ticket = gone(cast, ticket, 2)
    assert standing(ticket) == [3, 4]
    assert ticket.state == State.WAITING_OTHER
    ticket = gone(cast, ticket, 5)
    assert ticket.state == State.WAITING_REQUESTER
    with pytest.raises(NotFromHere):
        gone(cast, ticket, 6)
    ticket = gone(cast, ticket, 4)
    assert standing(ticket) == [5]
    assert ticket.state == State.OPEN


def test_rework_needs_a_reason_is_counted_and_asks_for_the_checklist_anew(
    cast: Cast, repair: Process
) -> None:
    ticket = begun(cast, repair)
    ticked(cast, ticket, 1, 1)
    gone(cast, ticket, 1)
    ticked(cast, ticket, 2, 1, 2)
    for step in (2, 4, 5):
        gone(cast, ticket, step)
    ticked(cast, ticket, 5, 1, 2)
    gone(cast, ticket, 6)
    with pytest.raises(NotYet, match="say why"):
        gone(cast, ticket, 7)
    ticket = gone(cast, ticket, 7, reason="It drips again")
    assert Run.objects.get(ticket=ticket).returns == 1
    assert Note.objects.get(ticket=ticket).text == "It drips again"
    with pytest.raises(NotYet):
        gone(cast, ticket, 6)
    ticked(cast, ticket, 5, 1, 2)
    gone(cast, ticket, 6)
    ticket = gone(cast, ticket, 8)
    assert ticket.state == State.SOLVED
    with pytest.raises(ProcessOver):
        gone(cast, ticket, 8)


def test_a_ticket_under_way_is_not_closed_past_its_process(cast: Cast, repair: Process) -> None:
    ticket = begun(cast, repair)
    for verb in (solve, close):
        with pytest.raises(GoesByStages):
            verb(ticket, by=cast.actor(cast.olga), at=cast.at)
    ticked(cast, ticket, 1, 1)
    gone(cast, ticket, 1)
    assert gone(cast, ticket, 3, reason="They bought a new one").state == State.CLOSED


def test_one_process_at_a_time(cast: Cast, repair: Process) -> None:
    ticket = begun(cast, repair)
    with pytest.raises(AlreadyUnderWay):
        begin(ticket, repair, by=cast.actor(cast.olga), at=cast.at)
    with pytest.raises(NoProcess):
        gone(cast, cast.ticket(), 1)


def test_a_line_of_another_stage_cannot_be_ticked(cast: Cast, repair: Process) -> None:
    ticket = begun(cast, repair)
    for stage_key, item in ((2, 1), (1, 9)):
        with pytest.raises(NoSuchLine):
            ticked(cast, ticket, stage_key, item)
    ticked(cast, ticket, 1, 1, 1)
    assert Tick.objects.count() == 1


def test_a_ticket_finishes_on_the_version_it_began_on(cast: Cast, repair: Process) -> None:
    ticket = begun(cast, repair)
    later = replace(REPAIR.stages[0], checklist=(Item(id=7, text=Texts(en="New line")),))
    changed(cast, repair, replace(REPAIR, stages=(later, *REPAIR.stages[1:])))
    ticked(cast, ticket, 1, 1)
    gone(cast, ticket, 1)
    assert Run.objects.get(ticket=ticket).version.number == 1
    assert Run.objects.get(ticket=begun(cast, repair)).version.number == 2


def test_a_published_version_never_changes(cast: Cast, repair: Process) -> None:
    row = ProcessVersion.objects.get(process=repair)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessVersion.objects.filter(pk=row.pk).update(said={})
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_an_unknown_field_team_action_or_state_is_refused_at_publication(cast: Cast) -> None:
    first = stage(1)
    broken = {
        "The field “field_99” is not there.": replace(first, fields=("field_99",)),
        "Its team is not there any more.": replace(first, team=99_999),
        "There is no action “tickets.fly”.": replace(
            first, on_entry=({"action": "tickets.fly", "parameters": {}},)
        ),
        "A stage cannot do this: Solve.": replace(
            first, on_entry=({"action": "tickets.solve", "parameters": {}},)
        ),
        "Choose the state that goes with this stage.": replace(first, state="sleepy"),
        "Only at an end is it solved or closed.": replace(first, state="closed"),
    }
    end = stage(2, kind=INCIDENT.stages[-1].kind)
    for words, wrong in broken.items():
        plan = Plan(stages=(wrong, end), transitions=(way(1, 1, 2),))
        with pytest.raises(NotReady, match=words):
            published(cast, plan)


def test_the_team_of_a_stage_gets_the_ticket_and_entering_does_what_it_says(cast: Cast) -> None:
    second = replace(
        stage(2),
        team=cast.shop_team.pk,
        on_entry=({"action": "tickets.prioritise", "parameters": {"priority": 4}},),
    )
    end = stage(3, kind=INCIDENT.stages[-1].kind)
    plan = Plan(stages=(stage(1), second, end), transitions=(way(1, 1, 2), way(2, 2, 3)))
    ticket = gone(cast, begun(cast, published(cast, plan)), 1)
    assert ticket.team == cast.shop_team
    assert ticket.priority == 4


def test_a_stage_that_closes_does_first_what_entering_it_does(cast: Cast) -> None:
    end = replace(
        stage(2, kind=INCIDENT.stages[-1].kind),
        state="closed",
        on_entry=({"action": "tickets.prioritise", "parameters": {"priority": 4}},),
    )
    plan = Plan(stages=(stage(1), end), transitions=(way(1, 1, 2),))
    ticket = gone(cast, begun(cast, published(cast, plan)), 1)
    assert (ticket.state, ticket.priority) == (State.CLOSED, 4)


def test_a_guard_that_does_not_hold_is_said(cast: Cast) -> None:
    guarded = replace(way(1, 1, 2), guard={"field": "priority", "operator": "is", "value": 4})
    end = stage(2, kind=INCIDENT.stages[-1].kind)
    ticket = begun(cast, published(cast, Plan(stages=(stage(1), end), transitions=(guarded,))))
    with pytest.raises(NotYet, match="its condition does not hold yet"):
        gone(cast, ticket, 1)
    Ticket.objects.filter(pk=ticket.pk).update(priority=4)
    assert gone(cast, ticket, 1).state == State.SOLVED


def test_a_stage_has_a_clock_of_its_own_that_ends_when_it_is_left(cast: Cast) -> None:
    first = replace(stage(1), deadline=Deadline(work=HOUR * 4, warnings=(HOUR,)))
    end = stage(2, kind=INCIDENT.stages[-1].kind)
    plan = Plan(stages=(first, end), transitions=(way(1, 1, 2),))
    ticket = begun(cast, published(cast, plan))
    clock = Clock.objects.get(promise__stay__run__ticket=ticket)
    assert clock.due_at == cast.at + HOUR * 4
    assert clock.next_at == cast.at + HOUR * 3
    gone(cast, ticket, 1, hours=2)
    clock.refresh_from_db()
    assert clock.met_at == cast.at + HOUR * 2
    assert clock.next_at is None


def test_conditions_ask_where_a_ticket_stands_alike_in_sql_and_for_one(
    cast: Cast, repair: Process
) -> None:
    here, there = begun(cast, repair), cast.ticket()
    asked = [
        {"field": "process", "operator": "is", "value": repair.pk},
        {"field": "stage", "operator": "has_any", "value": [repair.pk * PLACES + 1]},
        {"field": "stage_since", "operator": "older", "value": {"amount": 1, "unit": "hours"}},
    ]
    late = cast.at + HOUR * 2
    for each in asked:
        bound = bind(read(each, TICKET_VOCABULARY), TICKET_VOCABULARY, asker=Asker(at=late))
        found = Ticket.objects.filter(compiled(bound, at=late))
        assert list(found) == [here], each
        assert holds(bound, here, at=late)
        assert not holds(bound, there, at=late)


@given(plan=sound_plans(), choices=st.lists(st.integers(0, 30), max_size=8))
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_journal_folded_is_what_is_stored(cast: Cast, plan: Plan, choices: list[int]) -> None:
    with transaction.atomic():
        process = published(cast, plan, name="Any")
        hours = {None: 6, plan.stages[0].id: 4}
        chain = promised_stages(
            cast,
            *(
                StageSaid(clause=f"3.{hour}", work=HOUR * hour, process=process, stage=key)
                for key, hour in hours.items()
            ),
        )
        ticket = begun(cast, process, of=chain)
        run = Run.objects.get(ticket=ticket)
        for passed, choice in enumerate(choices, start=1):
            ways = list(offered(plan, standing_of(run)))
            if not ways:
                break
            gone(cast, ticket, ways[choice % len(ways)].id, hours=passed)
        told = [e for e in entries_of("ticket", ticket.pk) if e.kind == "stages.passed"]
        folded = fold(plan, [entry.data["transition"] for entry in told])
        run.refresh_from_db()
        ended = run.ended_at is not None
        assert sorted(folded.tokens) == sorted(standing_of(run).tokens) or ended
        assert ended == bool(told and told[-1].data["ended"])
        assert not ended or not Stay.objects.filter(run=run, left_at=None).exists()
        recounted = clocks_by_stay(list(run.stays.all()), entries_of("ticket", ticket.pk))
        for stay in run.stays.filter(waits_from=None):
            if plan.stage(stay.stage).kind is StageKind.END:
                continue
            (stored,) = Clock.objects.filter(promise__stay=stay)
            (clock,) = recounted[stay.pk]
            assert stored.due_at == clock.due_at
            due_at = stay.entered_at + HOUR * hours.get(stay.stage, hours[None])
            # What was left in time is not due any more.
            is_owed = stay.left_at is None or stay.left_at >= due_at
            assert stored.due_at == (due_at if is_owed else None)
            assert stored.met_at == clock.met_at == stay.left_at
        transaction.set_rollback(True)


def test_the_ready_made_processes_are_taken_up_once(cast: Cast) -> None:
    by = cast.actor(cast.admin)
    keys = [each.key for each in SHIPPED]
    assert len(take_up(keys, by=by, at=cast.at)) == 5
    assert take_up(keys, by=by, at=cast.at) == []
