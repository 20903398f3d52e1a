"""Conditions over tickets: SQL for sets and Python for one row say the same, whatever is asked."""

import string
from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.conditions.binding import Asker, Both, Bound, Counting, Either, Negated, bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.evaluating import all_of, any_of, evaluated, opposite
from ambidesk.ground.conditions.fields import operators_of, value_at
from ambidesk.ground.conditions.parsing import read, written
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.support.tickets.asked import VOCABULARY, comparison, conditions
from tests.support.tickets.desks import rows, store
from tests.support.tickets.worlds import MOMENT, World


@pytest.fixture
def world(cast: Cast) -> World:
    made = World(cast)
    made.conditions, made.rows = conditions(made), rows(made)
    return made


def reckoned(bound: Bound, row: object) -> bool | None:
    """Say it once more, all that is counted read and counted one by one."""
    match bound:
        case Both(parts):
            return all_of(reckoned(part, row) for part in parts)
        case Either(parts):
            return any_of(reckoned(part, row) for part in parts)
        case Negated(part):
            return opposite(reckoned(part, row))
        case Counting():
            return len([each for each in _related(bound, row) if _fits(bound, each)]) >= bound.least
    return evaluated(bound, row, at=MOMENT)


def _related(test: Counting, row: object) -> list[object]:
    through = test.relation.through or (lambda value: value)
    of = {theirs: through(value_at(row, ours)) for theirs, ours in test.relation.links}
    return list(test.relation.rows(test.actor).filter(**of))


def _fits(test: Counting, each: object) -> bool:
    when = value_at(each, test.relation.when)
    assert isinstance(when, datetime)
    is_in = when <= test.until and (test.since is None or when >= test.since)
    return is_in and (test.where is None or reckoned(test.where, each) is True)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_sets_and_single_rows_agree_on_true_false_and_unknown(
    world: World, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(world.rows, min_size=1, max_size=6), label="rows")
    trees = data.draw(st.lists(world.conditions, min_size=1, max_size=6), label="conditions")
    asker = data.draw(st.sampled_from(world.askers), label="asker")
    with transaction.atomic():
        stored = store(drawn, world)
        ours = Ticket.objects.filter(pk__in=[row.pk for row in stored])
        for tree in trees:
            bound = bind(read(tree, VOCABULARY), VOCABULARY, asker=asker)
            said = {row.pk: evaluated(bound, row, at=MOMENT) for row in stored}
            assert said == {row.pk: reckoned(bound, row) for row in stored}, tree
            true = set(ours.filter(compiled(bound, at=MOMENT)).values_list("pk", flat=True))
            false = set(
                ours.filter(compiled(Negated(bound), at=MOMENT)).values_list("pk", flat=True)
            )
            assert true == {pk for pk, value in said.items() if value is True}, tree
            assert false == {pk for pk, value in said.items() if value is False}, tree
        transaction.set_rollback(True)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_is_written_is_read_as_the_same_condition(world: World, data: st.DataObject) -> None:
    condition = read(data.draw(world.conditions), VOCABULARY)
    assert read(written(condition), VOCABULARY) == condition


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_field_can_be_asked_everything_that_it_offers(
    world: World, data: st.DataObject
) -> None:
    asker = world.askers[0]
    row = Ticket.objects.first() or store([_plain_row(world)], world)[0]
    for field in VOCABULARY.fields:
        for operator in operators_of(field):
            asked = data.draw(comparison(world, field, operator))
            bound = bind(read(asked, VOCABULARY), VOCABULARY, asker=asker)
            found = Ticket.objects.filter(compiled(bound, at=MOMENT)).exists()
            assert found == (evaluated(bound, row, at=MOMENT) is True), asked


def _plain_row(world: World) -> dict[str, object]:
    return {
        "name": string.ascii_letters,
        "address": "anna@example.org",
        "tags": set(),
        "custom": {},
        "whose": 0,
        "messages": [],
        "notes": [],
        "escalations": [],
        "ratings": [],
        "ticket": {
            "brand_id": world.ids["brand"][0],
            "opened_at": MOMENT,
            "last_at": MOMENT,
        },
    }


def test_a_category_is_asked_with_what_belongs_to_it(world: World, cast: Cast) -> None:
    repair, _doors, locks, bills = world.ids["category"]
    ticket = cast.ticket()
    Ticket.objects.filter(pk=ticket.pk).update(category=locks)
    for asked, expected in ((repair, [ticket]), (bills, [])):
        tree = {"field": "category", "operator": "within", "value": [asked]}
        bound = bind(read(tree, VOCABULARY), VOCABULARY, asker=world.askers[0])
        assert list(Ticket.objects.filter(compiled(bound, at=MOMENT))) == expected


def test_me_is_nobody_for_those_who_are_no_member_of_staff(world: World) -> None:
    tree = {"field": "assignee", "operator": "is", "value": {"symbol": "me"}}
    bound = bind(read(tree, VOCABULARY), VOCABULARY, asker=Asker(at=MOMENT))
    row = store([_plain_row(world)], world)[0]
    assert evaluated(bound, row, at=MOMENT) is None
    row.assignee_id = world.ids["assignee"][0]
    assert evaluated(bound, row, at=MOMENT) is False
