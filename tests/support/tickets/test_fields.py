"""Conditions over tickets: SQL for sets and Python for one row say the same, whatever is asked."""

import string
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import BooleanField, Case, IntegerField, Q, Value, When
from django.db.models.functions import NullIf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.conditions.binding import Asker, Negated, bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.evaluating import evaluated
from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Derived,
    Field,
    Number,
    Reference,
    Vocabulary,
    operators_of,
)
from ambidesk.ground.conditions.operators import Kind, Operator, Shape, Unit, shape_of
from ambidesk.ground.conditions.parsing import read, written
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.models import Priority, State, Tagging, Ticket, WaitingFor
from tests.cast import Cast

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# Fields that tickets have not, so that every kind is asked with and without values.
RARE = (
    Number(
        name="rare_number",
        label="Rare number",
        whole=False,
        nullable=True,
        derived=Derived(
            sql=lambda _at: NullIf("reopened_times", Value(0), output_field=IntegerField()),
            read=lambda row, _at: row.reopened_times or None,
        ),
    ),
    Boolean(
        name="rare_boolean",
        label="Rare boolean",
        nullable=True,
        derived=Derived(
            sql=lambda _at: Case(
                When(Q(priority=Priority.LOW), then=Value(None)),
                default="unread",
                output_field=BooleanField(null=True),
            ),
            read=lambda row, _at: None if row.priority == Priority.LOW else row.unread,
        ),
    ),
)
VOCABULARY = Vocabulary(name="test", fields=(*TICKET_VOCABULARY.fields, *RARE))

# Letters that trip comparisons: wild cards, escapes, quotes, cases that are not one to one.
HARD = "aAbБбёЁİıIßẞΣσςǅǆ%_\\'\"$ @.ﬁ😀"
KNOWN = st.characters(exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\x00")
WORDS = (
    st.text(HARD, max_size=5) | st.text(KNOWN, max_size=4) | st.sampled_from(["", "a@b.c", "A@B"])
)
SPANS = st.builds(
    lambda hours, micros: timedelta(hours=hours, microseconds=micros),
    st.sampled_from([-48, -24, -3, -1, 0, 1, 3, 24, 48]),
    st.sampled_from([-1, 0, 1]),
)
INSTANTS = SPANS.map(lambda span: MOMENT + span)


class World:
    """Rows that references may point at, and what is drawn about them."""

    conditions: st.SearchStrategy[dict[str, object]]
    rows: st.SearchStrategy[dict[str, object]]

    def __init__(self, cast: Cast) -> None:
        first = Category.objects.create(name="Repair")
        second = Category.objects.create(name="Doors", parent=first)
        third = Category.objects.create(name="Locks", parent=second)
        self.ids: dict[str, list[int]] = {
            "brand": [cast.shop.pk, cast.lifts.pk],
            "team": [cast.shop_team.pk, cast.lift_team.pk],
            "assignee": [cast.olga.pk, cast.ivan.pk, cast.lev.pk],
            "category": [first.pk, second.pk, third.pk, Category.objects.create(name="Bills").pk],
            "request_type": [RequestType.objects.create(name=name).pk for name in "ABC"],
            "channel": [cast.shop_mail.pk, cast.lift_mail.pk],
            "tags": [Tag.objects.create(name=name).pk for name in ("vip", "late", "loud")],
        }
        self.askers = [
            asker_of(cast.actor(who), at=MOMENT) for who in (cast.olga, cast.lev, cast.admin)
        ]


def comparisons(world: World) -> st.SearchStrategy[dict[str, object]]:
    # By fields first: those with many operators must not drown the others.
    return st.one_of(
        *(
            st.one_of(*(_comparison(world, field, operator) for operator in operators_of(field)))
            for field in VOCABULARY.fields
        )
    )


def _comparison(
    world: World, field: Field, operator: Operator
) -> st.SearchStrategy[dict[str, object]]:
    plain = {"field": st.just(field.name), "operator": st.just(operator.value)}
    if shape_of(operator) is Shape.NOTHING:
        return st.fixed_dictionaries(plain)
    return st.fixed_dictionaries({**plain, "value": _value(world, field, operator)})


DURATIONS = st.fixed_dictionaries(
    {
        "amount": st.sampled_from([0, 1, 2, 3, 24, 48, 60, 180]),
        "unit": st.sampled_from([unit.value for unit in Unit]),
    }
)
WHOLE = st.integers(-2, 5) | st.sampled_from([2**15, 2**31, -(2**31) - 1, 10**12])
BROKEN = st.integers(-2, 5) | st.sampled_from(["0.5", "1.000001", "-1.5", 2.5])


def _value(world: World, field: Field, operator: Operator) -> st.SearchStrategy[object]:
    shape = shape_of(operator)
    if shape is Shape.DURATION:
        return DURATIONS
    if shape is Shape.MANY:
        return st.lists(_key(world, field), min_size=1, max_size=3)
    plain = {
        Kind.TEXT: WORDS.filter(str.strip),
        Kind.NUMBER: WHOLE if getattr(field, "whole", True) else BROKEN,
        Kind.BOOLEAN: st.booleans(),
        Kind.INSTANT: INSTANTS.map(datetime.isoformat),
    }
    return plain[field.kind] if field.kind in plain else _key(world, field)


def _key(world: World, field: Field) -> st.SearchStrategy[object]:
    if isinstance(field, Choice):
        return st.sampled_from([option.value for option in field.options])
    keys: list[object] = [*world.ids[field.name], 2**62]
    if isinstance(field, Reference):
        keys += [{"symbol": symbol.value} for symbol in field.symbols]
    return st.sampled_from(keys)


def conditions(world: World) -> st.SearchStrategy[dict[str, object]]:
    def grown(part: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
        parts = st.lists(part, min_size=1, max_size=3)
        return (
            st.fixed_dictionaries({"all": parts})
            | st.fixed_dictionaries({"any": parts})
            | st.fixed_dictionaries({"not": part})
        )

    return st.recursive(comparisons(world), grown, max_leaves=6).filter(
        lambda tree: _depth(tree) <= 5
    )


def _depth(tree: object) -> int:
    match tree:
        case {"all": list(parts)} | {"any": list(parts)}:
            return 1 + max(map(_depth, parts))
        case {"not": part}:
            return 1 + _depth(part)
    return 0


@st.composite
def rows(draw: st.DrawFn, world: World) -> dict[str, object]:
    """The columns of a ticket, its requester and its tags."""

    def one_of(name: str, *, nullable: bool) -> int | None:
        return draw(st.sampled_from([*world.ids[name], *([None] if nullable else [])]))

    state = draw(st.sampled_from(State.values))
    maybe = st.none() | INSTANTS
    return {
        "name": draw(WORDS),
        "address": draw(st.none() | WORDS.filter(bool)),
        "tags": draw(st.sets(st.sampled_from(world.ids["tags"]))),
        "ticket": {
            "state": state,
            "waiting_for": draw(st.sampled_from(WaitingFor.values)),
            "priority": draw(st.sampled_from(Priority.values)),
            "brand_id": one_of("brand", nullable=False),
            "team_id": one_of("team", nullable=True),
            "assignee_id": one_of("assignee", nullable=True),
            "category_id": one_of("category", nullable=True),
            "request_type_id": one_of("request_type", nullable=True),
            "channel_id": one_of("channel", nullable=True),
            "subject": draw(WORDS),
            "unread": draw(st.booleans()),
            "suspended": draw(st.booleans()),
            "opened_at": draw(INSTANTS),
            "last_at": draw(INSTANTS),
            "last_inbound_at": draw(maybe),
            "first_answered_at": draw(maybe),
            "waiting_since": draw(maybe),
            "snoozed_until": draw(maybe),
            "solved_at": draw(maybe),
            "closed_at": draw(INSTANTS if state == State.CLOSED else maybe),
            "reopened_times": draw(st.integers(0, 4)),
        },
    }


def _store(drawn: list[dict[str, object]]) -> list[Ticket]:
    persons = Person.objects.bulk_create(
        [Person(name=row["name"], first_at=MOMENT) for row in drawn]
    )
    identities = Identity.objects.bulk_create(
        [
            Identity(
                person=person,
                kind=IdentityKind.EMAIL,
                value=row["address"],
                shared=True,
                first_at=MOMENT,
            )
            for person, row in zip(persons, drawn, strict=True)
            if row["address"] is not None
        ]
    )
    by_person = {identity.person_id: identity for identity in identities}
    tickets = Ticket.objects.bulk_create(
        [
            Ticket(requester=person, requester_identity=by_person.get(person.pk), **row["ticket"])
            for person, row in zip(persons, drawn, strict=True)
        ]
    )
    Tagging.objects.bulk_create(
        Tagging(ticket=ticket, tag_id=tag, at=MOMENT)
        for ticket, row in zip(tickets, drawn, strict=True)
        for tag in row["tags"]
    )
    stored = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets])
    return list(
        stored.select_related("requester", "requester_identity").prefetch_related("taggings")
    )


@pytest.fixture
def world(cast: Cast) -> World:
    made = World(cast)
    made.conditions, made.rows = conditions(made), rows(made)
    return made


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
        stored = _store(drawn)
        ours = Ticket.objects.filter(pk__in=[row.pk for row in stored])
        for tree in trees:
            bound = bind(read(tree, VOCABULARY), VOCABULARY, asker=asker)
            said = {row.pk: evaluated(bound, row, at=MOMENT) for row in stored}
            true = set(ours.filter(compiled(bound, at=MOMENT)).values_list("pk", flat=True))
            false = set(
                ours.filter(compiled(Negated(bound), at=MOMENT)).values_list("pk", flat=True)
            )
            assert true == {pk for pk, value in said.items() if value is True}, tree
            assert false == {pk for pk, value in said.items() if value is False}, tree
        transaction.set_rollback(True)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_written_is_read_as_the_same_condition(world: World, data: st.DataObject) -> None:
    condition = read(data.draw(world.conditions), VOCABULARY)
    assert read(written(condition), VOCABULARY) == condition


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_field_can_be_asked_everything_that_it_offers(
    world: World, data: st.DataObject
) -> None:
    asker = world.askers[0]
    row = Ticket.objects.first() or _store([_plain_row(world)])[0]
    for field in VOCABULARY.fields:
        for operator in operators_of(field):
            asked = data.draw(_comparison(world, field, operator))
            bound = bind(read(asked, VOCABULARY), VOCABULARY, asker=asker)
            found = Ticket.objects.filter(compiled(bound, at=MOMENT)).exists()
            assert found == (evaluated(bound, row, at=MOMENT) is True), asked


def _plain_row(world: World) -> dict[str, object]:
    return {
        "name": string.ascii_letters,
        "address": "anna@example.org",
        "tags": set(),
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
    row = _store([_plain_row(world)])[0]
    assert evaluated(bound, row, at=MOMENT) is None
    row.assignee_id = world.ids["assignee"][0]
    assert evaluated(bound, row, at=MOMENT) is False
