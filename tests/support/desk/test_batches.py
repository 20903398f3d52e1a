"""Batches: many tickets at once, each for itself; stopped, gone on with after a kill, undone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import Role
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.parties.staff.models import Membership
from ambidesk.parties.staff.models.team import Line
from ambidesk.service.catalogue.models import Category, Tag
from ambidesk.support.desk.batches import beginning, working
from ambidesk.support.desk.batches.beginning import NothingChosen, TooManyTickets, begin
from ambidesk.support.desk.batches.counting import report_on, reports_on
from ambidesk.support.desk.batches.ending import NotUnderWay, StillUnderWay, stop, undo
from ambidesk.support.desk.batches.working import work_due
from ambidesk.support.desk.models import Batch
from ambidesk.support.desk.steps.step import MayNotStep, Step
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight
from ambidesk.support.tickets.snapshots import snapshot_many
from tests.cast import Cast

URGENT = Step(action="tickets.prioritise", parameters={"priority": 4})
TAKE = Step(action="tickets.take")
SOLVE = Step(action="tickets.solve")


def _numbers(cast: Cast, number: int) -> list[int]:
    return [cast.ticket(f"Question {place}").pk for place in range(number)]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tickets are many here, and two are a piece."""
    monkeypatch.setattr(beginning, "AT_ONCE", 2)
    monkeypatch.setattr("ambidesk.support.desk.batches.ending.AT_ONCE", 2)
    monkeypatch.setattr(working, "PIECE", 2)


def test_a_few_tickets_are_changed_at_once_and_each_refusal_is_told(cast: Cast) -> None:
    numbers = _numbers(cast, 3)
    close(Ticket.objects.get(pk=numbers[1]), by=SYSTEM, at=cast.at)
    foreign = cast.ticket(channel=cast.lift_mail).pk
    batch = begin([TAKE, URGENT], [*numbers, foreign], by=cast.actor(cast.olga), at=cast.at)
    report = report_on(batch)
    assert (report.done, batch.state) == (2, "done")
    assert [(item.ticket_id, item.refusal) for item in report.refused] == [
        (numbers[1], f"Ticket #{numbers[1]} is closed. Reopen it first."),
        (foreign, f"Ticket #{foreign} is not there any more."),
    ]
    assert set(Ticket.objects.filter(assignee=cast.olga).values_list("pk", flat=True)) == {
        numbers[0],
        numbers[2],
    }


def test_a_ticket_that_refuses_the_last_step_keeps_nothing_of_the_first(cast: Cast) -> None:
    fresh, ended = _numbers(cast, 2)
    reopen = Step(action="tickets.reopen")
    begin([SOLVE], [ended], by=cast.actor(cast.olga), at=cast.at)
    batch = begin([reopen, URGENT], [fresh, ended], by=cast.actor(cast.olga), at=cast.at)
    assert report_on(batch).done == 1
    assert list(Ticket.objects.filter(priority=4).values_list("pk", flat=True)) == [ended]


def test_a_batch_of_fifty_asks_as_few_questions_as_one_of_five(cast: Cast) -> None:
    olga, asked = cast.actor(cast.olga), []
    say = Step(action="desk.say", parameters={"text": "Dear {{requester.name}}"})
    for number in (5, 50):
        numbers = _numbers(cast, number)
        with CaptureQueriesContext(connection) as queries:
            begin([TAKE, URGENT, say, SOLVE], numbers, by=olga, at=cast.at)
        asked.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            undo(Batch.objects.latest("pk"), by=olga, at=cast.at)
    assert asked[0] == asked[1]


def test_many_are_worked_through_piece_by_piece_and_undone_so(
    cast: Cast, small_pieces: None
) -> None:
    numbers, olga = _numbers(cast, 5), cast.actor(cast.olga)
    batch = begin([URGENT], numbers, by=olga, at=cast.at)
    assert not Ticket.objects.filter(priority=4).exists()
    assert work_due(at=cast.at) == 2
    assert (report_on(batch).through, report_on(batch).share) == (2, 40)
    with pytest.raises(StillUnderWay):
        undo(batch, by=olga, at=cast.at)
    while work_due(at=cast.at):
        pass
    batch.refresh_from_db()
    assert (batch.state, Ticket.objects.filter(priority=4).count()) == ("done", 5)
    undo(batch, by=olga, at=cast.at)
    while work_due(at=cast.at):
        pass
    batch.refresh_from_db()
    assert (batch.state, report_on(batch).undone) == ("undone", 5)
    assert not Ticket.objects.filter(priority=4).exists()


def test_a_stopped_batch_does_nothing_more_and_what_it_did_can_be_undone(
    cast: Cast, small_pieces: None
) -> None:
    numbers, olga = _numbers(cast, 5), cast.actor(cast.olga)
    batch = begin([URGENT], numbers, by=olga, at=cast.at)
    work_due(at=cast.at)
    stop(batch, by=olga, at=cast.at)
    assert work_due(at=cast.at) == 0
    assert Ticket.objects.filter(priority=4).count() == 2
    with pytest.raises(NotUnderWay):
        stop(batch, by=olga, at=cast.at)
    undo(batch, by=olga, at=cast.at)
    assert not Ticket.objects.filter(priority=4).exists()


def test_two_batches_take_turns(cast: Cast, small_pieces: None) -> None:
    olga = cast.actor(cast.olga)
    first = begin([URGENT], _numbers(cast, 5), by=olga, at=cast.at)
    second = begin([URGENT], _numbers(cast, 5), by=olga, at=cast.at)
    work_due(at=cast.at)
    work_due(at=cast.at + timedelta(seconds=1))
    assert (report_on(first).through, report_on(second).through) == (2, 2)


def test_whoever_was_dismissed_changes_nothing_more(cast: Cast, small_pieces: None) -> None:
    batch = begin([URGENT], _numbers(cast, 5), by=cast.actor(cast.olga), at=cast.at)
    dismiss(cast.olga, by=cast.actor(cast.admin), at=cast.at)
    while work_due(at=cast.at):
        pass
    assert report_on(batch).done == 0
    assert not Ticket.objects.filter(priority=4).exists()


def test_whoever_lost_a_right_meanwhile_neither_changes_nor_undoes(
    cast: Cast, small_pieces: None
) -> None:
    batch = begin([URGENT], _numbers(cast, 5), by=cast.actor(cast.olga), at=cast.at)
    work_due(at=cast.at)
    for role in Role.objects.filter(grants__user=cast.olga.user):
        role.rights = [right for right in role.rights if right != TicketRight.WORK]
        role.save()
    while work_due(at=cast.at):
        pass
    assert report_on(batch).done == 2
    assert {item.refusal for item in report_on(batch).refused} == {
        "You may not do this: Set the priority."
    }
    undo(batch, by=cast.actor(cast.olga), at=cast.at)
    assert Ticket.objects.filter(priority=4).count() == 2


@pytest.mark.parametrize("many", [False, True])
def test_what_is_out_of_sight_by_now_is_not_undone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, *, many: bool
) -> None:
    numbers = _numbers(cast, 3)
    batch = begin([URGENT], numbers, by=cast.actor(cast.olga), at=cast.at)
    Membership.objects.filter(member=cast.olga).delete()
    if many:
        monkeypatch.setattr("ambidesk.support.desk.batches.ending.AT_ONCE", 2)
    undo(batch, by=cast.actor(cast.olga), at=cast.at)
    while work_due(at=cast.at):
        pass
    assert report_on(batch).undone == 0
    assert Ticket.objects.filter(priority=4).count() == 3
    assert [item.refusal for item in report_on(batch).refused] == [
        f"Ticket #{number} is not there any more." for number in numbers
    ]


def test_a_batch_needs_tickets_not_too_many_and_the_rights_of_its_steps(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga = cast.actor(cast.olga)
    with pytest.raises(NothingChosen):
        begin([URGENT], [], by=olga, at=cast.at)
    monkeypatch.setattr(beginning, "MOST", 1)
    with pytest.raises(TooManyTickets):
        begin([URGENT], _numbers(cast, 2), by=olga, at=cast.at)
    nobody = cast.actor(cast.lev)
    nobody = type(nobody)(kind=nobody.kind, id=nobody.id)
    with pytest.raises(MayNotStep):
        begin([URGENT], _numbers(cast, 1), by=nobody, at=cast.at)


def test_what_cannot_be_undone_is_told_and_nothing_of_that_ticket_is(cast: Cast) -> None:
    numbers, olga = _numbers(cast, 3), cast.actor(cast.olga)
    mine = Ticket.objects.get(pk=numbers[1])
    assign(mine, assignee=cast.ivan, team=cast.shop_team, by=olga, at=cast.at)
    batch = begin([TAKE, URGENT], numbers, by=olga, at=cast.at)
    Membership.objects.filter(member=cast.ivan).delete()
    undo(batch, by=olga, at=cast.at)
    report = report_on(batch)
    assert (report.undone, [item.ticket_id for item in report.refused]) == (2, [numbers[1]])
    assert "Ivan Ilyin" in report.refused[0].refusal
    mine.refresh_from_db()
    assert (mine.assignee, mine.priority) == (cast.olga, 4)


def test_what_was_closed_before_and_after_is_undone_and_stays_closed(cast: Cast) -> None:
    numbers, olga = _numbers(cast, 1), cast.actor(cast.olga)
    end, again = Step(action="tickets.close"), Step(action="tickets.reopen")
    begin([end], numbers, by=olga, at=cast.at)
    before = snapshot_many(numbers)
    batch = begin([again, URGENT, end], numbers, by=olga, at=cast.at)
    undo(batch, by=olga, at=cast.at)
    assert report_on(batch).undone == 1
    assert snapshot_many(numbers) == before


def test_an_answer_taken_back_leaves_a_waiting_ticket_waiting(cast: Cast) -> None:
    numbers, olga = _numbers(cast, 1), cast.actor(cast.olga)
    begin(
        [Step(action="tickets.wait", parameters={"state": "waiting_requester"})],
        numbers,
        by=olga,
        at=cast.at,
    )
    before = snapshot_many(numbers)
    said = Step(action="desk.say", parameters={"text": "Words"})
    undo(begin([said], numbers, by=olga, at=cast.at), by=olga, at=cast.at)
    assert snapshot_many(numbers) == before


def test_a_ticket_given_to_a_further_line_is_brought_back_to_its_own(cast: Cast) -> None:
    numbers, olga = _numbers(cast, 1), cast.actor(cast.olga)
    second = form_team(
        None, name="Repair", brands=[cast.shop], members=[], line=Line.SECOND, by=olga, at=cast.at
    )
    before = snapshot_many(numbers)
    over = Step(action="tickets.hand_over", parameters={"team_id": second.pk})
    batch = begin([over], numbers, by=olga, at=cast.at)
    assert Ticket.objects.get(pk=numbers[0]).line == 2
    undo(batch, by=olga, at=cast.at)
    assert snapshot_many(numbers) == before


def test_reports_on_many_batches_are_read_at_once(cast: Cast) -> None:
    batches, asked = [], []
    for number in (1, 4):
        for _each in range(number):
            foreign = cast.ticket(channel=cast.lift_mail).pk
            steps, tickets = [URGENT], [*_numbers(cast, 2), foreign]
            batches.append(begin(steps, tickets, by=cast.actor(cast.olga), at=cast.at))
        with CaptureQueriesContext(connection) as queries:
            reports = reports_on(batches)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert [(each.batch, each.done, len(each.refused)) for each in reports] == [
        (batch, 2, 1) for batch in batches
    ]


PRIORITIES = st.sampled_from([1, 2, 3, 4])
CHOICES = st.lists(
    st.one_of(
        PRIORITIES.map(
            lambda value: Step(action="tickets.prioritise", parameters={"priority": value})
        ),
        st.sampled_from(["open", "waiting_requester", "waiting_other", "on_hold"]).map(
            lambda value: Step(action="tickets.wait", parameters={"state": value})
        ),
        st.sampled_from(
            ["tickets.take", "tickets.solve", "tickets.close", "tickets.reopen", "note", "say"]
        ).map(
            lambda name: Step(
                action={"note": "tickets.note", "say": "desk.say"}.get(name, name),
                parameters={"text": "Words"} if name in {"note", "say"} else {},
            )
        ),
        st.integers(1, 48).map(
            lambda hours: Step(action="tickets.snooze_for", parameters={"hours": hours})
        ),
        st.booleans().map(
            lambda add: Step(
                action="tickets.tag", parameters={("add_ids" if add else "remove_ids"): ["tag"]}
            )
        ),
        st.booleans().map(
            lambda none: Step(
                action="tickets.categorise",
                parameters={"category_id": None if none else "category"},
            )
        ),
    ),
    min_size=1,
    max_size=6,
)


def _named(step: Step, rows: dict[str, int]) -> Step:
    given = {
        name: [rows[each] for each in value]
        if isinstance(value, list)
        else rows.get(str(value), value)
        for name, value in step.parameters.items()
    }
    return Step(action=step.action, parameters=given)


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=CHOICES, second=CHOICES)
def test_whatever_the_steps_undoing_them_brings_back_what_was(
    cast: Cast, first: list[Step], second: list[Step]
) -> None:
    tag, _made = Tag.objects.get_or_create(name="vip")
    category, _made = Category.objects.get_or_create(name="Post")
    rows = {"tag": tag.pk, "category": category.pk}
    olga, numbers = cast.actor(cast.olga), _numbers(cast, 2)
    begin([_named(step, rows) for step in first], numbers[:1], by=olga, at=cast.at)
    before = snapshot_many(numbers)
    batch = begin([_named(step, rows) for step in second], numbers, by=olga, at=cast.at)
    if report_on(batch).done:
        undo(batch, by=olga, at=cast.at)
    after = snapshot_many(numbers)
    for number in numbers:
        assert before[number].changed(after[number]) <= {"last_note"}
