"""A trial says what a rule would have done: the same as it does when it is on; it changes nothing."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.across.automation.models import Outcome, Run, RunState, Trial, TrialState
from ambidesk.across.automation.planning import history_of
from ambidesk.across.automation.rules.telling import tell
from ambidesk.across.automation.saying import kept_said
from ambidesk.across.automation.then import differences, today_of
from ambidesk.across.automation.trials import working
from ambidesk.across.automation.trials.beginning import Asked, NoPeriod, begin_trial, stop_trial
from ambidesk.across.automation.trials.judging import Period
from ambidesk.across.automation.trials.working import judge, ready_of, work_trials
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.fields.defining import Wanted, define
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.models import Category
from ambidesk.service.sla.arranging import arrange_calendar
from ambidesk.support.tickets.describing import categorise, prioritise, rename
from ambidesk.support.tickets.filling import fill
from ambidesk.support.tickets.models import Priority, Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.regrouping import merge
from tests.across.automation.conftest import HIGH, HOUR, LOW, URGENT, asked
from tests.across.automation.hands import ACTS, Hands

pytestmark = pytest.mark.django_db
PLAIN = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def tried(desk, rule, *, at, since=None):
    """Try the rule's version on everything up to an instant."""
    said = kept_said(rule.current.said)
    since = since or desk.cast.at - timedelta(days=1)
    question = Asked(said=said, since=since, until=at, rule=rule)
    trial = begin_trial(question, by=desk.cast.actor(desk.cast.admin), at=at)
    while Trial.objects.get(pk=trial.pk).is_working:
        work_trials(at=at)
    trial.refresh_from_db()
    return trial


def causes(trial, outcome=Outcome.YES):
    return {(case.ticket_id, case.cause) for case in trial.cases.filter(outcome=outcome)}


def test_a_trial_shows_what_would_have_happened_and_changes_nothing(desk):
    rule = desk.rule("Low", LOW, at=desk.cast.at + 9 * HOUR)
    ticket = desk.cast.ticket()
    mark = journal.newest_sequence()
    trial = tried(desk, rule, at=desk.cast.at + HOUR)
    assert (trial.yes, trial.no, trial.unknown, trial.tickets) == (1, 0, 0, 1)
    assert journal.newest_sequence() == mark
    assert Run.objects.count() == 0
    ticket.refresh_from_db()
    assert ticket.priority == Priority.NORMAL


def test_each_ticket_is_taken_as_it_was_then(desk):
    condition = asked("priority", "is", Priority.NORMAL.value)
    rule = desk.rule("Low", LOW, condition=condition, at=desk.cast.at + 9 * HOUR)
    ticket = desk.cast.ticket()
    prioritise(ticket, priority=Priority.URGENT, by=SYSTEM, at=desk.cast.at + HOUR)
    assert tried(desk, rule, at=desk.cast.at + 2 * HOUR).yes == 1


def test_what_cannot_be_known_of_the_past_is_counted_apart(desk):
    condition = asked("subject", "contains", "parcel")
    rule = desk.rule("Parcels", LOW, condition=condition, at=desk.cast.at + 9 * HOUR)
    ticket = desk.cast.ticket()
    rename(ticket, subject="Something else", by=SYSTEM, at=desk.cast.at + HOUR)
    trial = tried(desk, rule, at=desk.cast.at + 2 * HOUR)
    assert (trial.yes, trial.no, trial.unknown) == (0, 0, 1)
    assert trial.cases.get().verdicts == [None]


OFTEN = {
    "relation": "person_tickets",
    "quantity": "at_least",
    "number": 2,
    "within": {"amount": 90, "unit": "days"},
}


def test_tickets_of_a_person_are_counted_as_many_as_there_were(desk):
    rule = desk.rule("Again", LOW, condition=OFTEN, at=desk.cast.at + 9 * HOUR)
    first = desk.cast.ticket()
    second = replace(desk.cast, at=desk.cast.at + HOUR).ticket()
    trial = tried(desk, rule, at=desk.cast.at + 2 * HOUR)
    assert (trial.yes, trial.no, trial.unknown) == (1, 1, 0)
    assert {ticket for ticket, _cause in causes(trial)} == {second.pk}
    # What was joined since was counted otherwise then.
    merge(first, second, by=SYSTEM, at=desk.cast.at + 2 * HOUR)
    assert tried(desk, rule, at=desk.cast.at + 3 * HOUR).unknown == 2


def test_notes_are_counted_up_to_the_moment(desk):
    noted = {"relation": "notes", "quantity": "at_least", "number": 2}
    when = {"events": ["note"]}
    rule = desk.rule("Noted", LOW, when=when, condition=noted, at=desk.cast.at + 9 * HOUR)
    ticket, admin = desk.cast.ticket(), desk.cast.actor(desk.cast.admin)
    for hour in (1, 2):
        note(ticket, text="Look", by=admin, at=desk.cast.at + hour * HOUR)
    trial = tried(desk, rule, at=desk.cast.at + 3 * HOUR)
    assert (trial.yes, trial.no, trial.unknown) == (1, 1, 0)


def test_the_category_before_its_first_change_is_known(desk):
    goods = Category.objects.create(name="Goods")
    condition = {"field": "category", "operator": "empty"}
    rule = desk.rule("Bare", LOW, condition=condition, at=desk.cast.at + 9 * HOUR)
    ticket, admin = desk.cast.ticket(), desk.cast.actor(desk.cast.admin)
    categorise(ticket, category=goods, by=admin, at=desk.cast.at + HOUR)
    trial = tried(desk, rule, at=desk.cast.at + 2 * HOUR)
    assert (trial.yes, trial.no, trial.unknown) == (1, 0, 0)


def test_a_subject_that_nobody_changed_is_known(desk):
    condition = asked("subject", "contains", "parcel")
    rule = desk.rule("Parcels", LOW, condition=condition, at=desk.cast.at + 9 * HOUR)
    desk.cast.ticket()
    assert tried(desk, rule, at=desk.cast.at + 2 * HOUR).yes == 1


def test_the_reason_is_told_by_each_question(desk):
    condition = {
        "all": [
            asked("priority", "is", Priority.NORMAL.value),
            asked("brand", "is", desk.cast.lifts.pk),
        ]
    }
    rule = desk.rule("Lifts", LOW, condition=condition, at=desk.cast.at + 9 * HOUR)
    desk.cast.ticket()
    trial = tried(desk, rule, at=desk.cast.at + HOUR)
    assert trial.no == 1
    assert trial.cases.get().verdicts == [True, False]


def test_a_trial_can_be_stopped_and_a_period_must_be_past(desk):
    rule = desk.rule("Low", LOW)
    question = Asked(
        said=kept_said(rule.current.said), since=desk.cast.at - HOUR, until=desk.cast.at, rule=rule
    )
    admin = desk.cast.actor(desk.cast.admin)
    trial = begin_trial(question, by=admin, at=desk.cast.at)
    assert stop_trial(trial, at=desk.cast.at).state == TrialState.STOPPED
    work_trials(at=desk.cast.at)
    trial.refresh_from_db()
    assert trial.looked == 0
    with pytest.raises(NoPeriod):
        begin_trial(question, by=admin, at=desk.cast.at - 2 * HOUR)


STORIES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(ACTS)), min_size=1, max_size=12)
CHECKED = (
    "state",
    "priority",
    "team_id",
    "assignee_id",
    "category_id",
    "request_type_id",
    "unread",
    "line",
    "reopened_times",
    "last_at",
    "first_answered_at",
    "waiting_since",
    "snoozed_until",
    "solved_at",
    "closed_at",
    "waiting_for",
)


@PLAIN
@given(story=STORIES)
def test_the_journal_tells_of_a_ticket_what_its_row_says(desk, story):
    with transaction.atomic():
        Hands(desk).play(story)
        numbers = list(Ticket.objects.values_list("pk", flat=True))
        rows, history = history_of(numbers)
        for number, row in rows.items():
            *_earlier, last = tell(history[number], today_of(row))
            assert differences(row, last.after, among=CHECKED) == set()
            assert last.after.tags == {each.tag_id for each in row.taggings.all()}
            assert last.after.stretch.since == row.waiting_since
        transaction.set_rollback(True)


CONDITIONS = st.sampled_from(
    [
        None,
        asked("priority", "at_least", 3),
        asked("priority", "is_not", 2),
        asked("state", "is", "open"),
        {
            "any": [
                {"field": "assignee", "operator": "filled"},
                asked("waiting_for", "is", "requester"),
            ]
        },
        {"not": asked("unread", "is", True)},
        {"relation": "notes", "quantity": "at_least", "number": 2},
        {"all": [asked("reopened_times", "more", 0), asked("state", "is", "open")]},
    ]
)
EVENTS = st.lists(
    st.sampled_from(
        [
            "opened",
            "message",
            "answered",
            "assignee",
            "priority",
            "tags",
            "state",
            "solved",
            "reopened",
            "note",
        ]
    ),
    min_size=1,
    max_size=3,
    unique=True,
).map(lambda names: {"events": names})
TIMES = st.builds(
    lambda turn, amount: {"state": turn, "amount": amount, "unit": "minutes", "calendar": None},
    st.sampled_from(["us", "requester", "other", "hold", "solved"]),
    st.integers(1, 4),
)


@PLAIN
@given(
    story=STORIES,
    when=EVENTS | TIMES,
    condition=CONDITIONS,
    step=st.sampled_from([HIGH, URGENT, {"action": "tickets.note", "parameters": {"text": "!"}}]),
)
def test_a_trial_over_a_live_period_gives_the_runs_that_the_rule_gave(
    desk, story, when, condition, step
):
    with transaction.atomic():
        rule = desk.rule("Any", step, when=when, condition=condition)
        desk.read = journal.newest_sequence()
        end = Hands(desk).play(story, between=desk.go)
        numbers = list(Ticket.objects.values_list("pk", flat=True))
        period = Period(since=desk.cast.at, until=end + timedelta(microseconds=1))
        said = rule.current
        trial = Trial(rule=rule, said=said.said)
        found = list(judge(ready_of(trial), numbers, period=period))
        would = {(c.ticket_id, c.cause) for c in found if c.outcome == Outcome.YES}
        ran = Run.objects.filter(version__rule=rule, state__in=[RunState.DONE, RunState.REFUSED])
        assert would == set(ran.values_list("ticket", "cause"))
        assert not [c for c in found if c.outcome == Outcome.UNKNOWN]
        desk.names.clear()
        transaction.set_rollback(True)


def test_a_custom_field_is_known_since_it_was_filled_last(desk):
    admin = desk.cast.actor(desk.cast.admin)
    floor = define(
        None, wanted=Wanted(kind=Kind.WHOLE, label=Texts(en="Floor")), by=admin, at=desk.cast.at
    )
    ticket = desk.cast.ticket()
    fill(ticket, answers={floor.pk: Decimal(3)}, by=admin, at=desk.cast.at + HOUR)
    note(ticket, text="Up there", by=admin, at=desk.cast.at + 2 * HOUR)
    rows, history = history_of([ticket.pk])
    told = {
        each.entry.kind: each.after for each in tell(history[ticket.pk], today_of(rows[ticket.pk]))
    }
    name = f"field_{floor.pk}"
    assert not told["tickets.opened"].knows(name)
    assert told["tickets.fields_filled"].knows(name)
    assert told["tickets.note_written"].knows(name)


def test_a_rule_by_the_hours_of_a_calendar_waits_for_working_time(desk):
    admin = desk.cast.actor(desk.cast.admin)
    hours = {"zone": "UTC", "hours": {"tue": [["10:00", "18:00"]]}}
    calendar = arrange_calendar(None, name="Tuesdays", spec=read(hours), by=admin, at=desk.cast.at)
    when = {"state": "us", "amount": 2, "unit": "hours", "calendar": calendar.pk}
    rule = desk.rule("Hurry", URGENT, when=when)
    desk.cast.ticket()
    tuesday = desk.cast.at.replace(hour=12) + timedelta(days=1)
    assert desk.go(tuesday - timedelta(minutes=1)) == 0
    assert desk.go(tuesday) == 1
    assert tried(desk, rule, at=tuesday + HOUR).yes == 1


def test_a_trial_that_breaks_is_stopped_and_the_next_one_goes_on(desk, monkeypatch):
    rule = desk.rule("Low", LOW)
    desk.cast.ticket()
    real = working.judge

    def breaking(*_given, **_named):
        raise KeyError("gone")

    monkeypatch.setattr(working, "judge", breaking)
    broken = tried(desk, rule, at=desk.cast.at + HOUR)
    assert (broken.state, broken.looked) == (TrialState.STOPPED, 0)
    monkeypatch.setattr(working, "judge", real)
    assert tried(desk, rule, at=desk.cast.at + HOUR).yes == 1
