"""Conditions over tickets drawn at random, no larger than the desk takes them."""

from datetime import datetime

from django.db.models import BooleanField, Case, IntegerField, Q, Value, When
from django.db.models.functions import NullIf
from hypothesis import strategies as st

from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Derived,
    Field,
    Number,
    Reference,
    operators_of,
)
from ambidesk.ground.conditions.operators import Kind, Operator, Quantity, Shape, Unit, shape_of
from ambidesk.ground.conditions.parsing import DEEPEST, DEEPEST_COUNT, MOST_COUNTS
from ambidesk.ground.conditions.vocabularies import Vocabulary
from ambidesk.support.tickets.custom import custom_fields
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Priority
from tests.support.tickets.worlds import INSTANTS, WORDS, World

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
VOCABULARY = Vocabulary(
    name="test",
    fields=(*TICKET_VOCABULARY.own, *RARE),
    # Those that are there without asking the database, which no import may.
    relations=TICKET_VOCABULARY._relations,
)
VOCABULARY.extend(custom_fields)


def comparisons(
    world: World, vocabulary: Vocabulary = VOCABULARY
) -> st.SearchStrategy[dict[str, object]]:
    """Questions by fields first: those with many operators must not drown the others."""
    return st.one_of(
        *(
            st.one_of(*(comparison(world, field, operator) for operator in operators_of(field)))
            for field in vocabulary.fields
        )
    )


def comparison(
    world: World, field: Field, operator: Operator
) -> st.SearchStrategy[dict[str, object]]:
    """One question about a field."""
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
    # Of what packages above tickets lend, such as contracts, there is no row here.
    keys: list[object] = [*world.ids.get(field.name, ()), 2**62]
    if isinstance(field, Reference):
        keys += [{"symbol": symbol.value} for symbol in field.symbols]
    return st.sampled_from(keys)


def counts(
    world: World, vocabulary: Vocabulary, *, left: int
) -> st.SearchStrategy[dict[str, object]]:
    """Counts of related rows, perhaps in a window, perhaps of those only that fit."""
    return st.one_of(
        *(
            st.fixed_dictionaries(
                {
                    "relation": st.just(relation.name),
                    "quantity": st.sampled_from(Quantity.values),
                    "number": st.integers(1, 3) | st.just(1),
                },
                optional={
                    "within": DURATIONS,
                    # Said later: the whole of it would be too long to be shown when one fails.
                    "where": later(world, relation.vocabulary(), left=left - 1, leaves=2),
                },
            )
            for relation in vocabulary.relations
        )
    )


@st.composite
def later(
    draw: st.DrawFn, world: World, vocabulary: Vocabulary, *, left: int, leaves: int
) -> dict[str, object]:
    """Trees that are put together when they are drawn, and shown in few letters."""
    key = (vocabulary.name, left, leaves)
    if key not in world.kept:
        world.kept[key] = trees(world, vocabulary, left=left, leaves=leaves)
    return draw(world.kept[key])


def trees(
    world: World, vocabulary: Vocabulary, *, left: int, leaves: int
) -> st.SearchStrategy[dict[str, object]]:
    """Conditions over a vocabulary, counts within counts so deep."""

    def grown(part: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
        parts = st.lists(part, min_size=1, max_size=3)
        return (
            st.fixed_dictionaries({"all": parts})
            | st.fixed_dictionaries({"any": parts})
            | st.fixed_dictionaries({"not": part})
        )

    base = comparisons(world, vocabulary)
    if left and vocabulary.relations:
        base |= counts(world, vocabulary, left=left)
    return st.recursive(base, grown, max_leaves=leaves)


def conditions(world: World) -> st.SearchStrategy[dict[str, object]]:
    """Conditions over tickets, no larger than the desk takes them."""
    drawn = later(world, VOCABULARY, left=DEEPEST_COUNT, leaves=6)
    return drawn.filter(lambda tree: _depth(tree) <= DEEPEST and _counted(tree) <= MOST_COUNTS)


def _depth(tree: object) -> int:
    match tree:
        case {"all": list(parts)} | {"any": list(parts)}:
            return 1 + max(map(_depth, parts))
        case {"not": part} | {"where": part}:
            return 1 + _depth(part)
    return 0


def _counted(tree: object) -> int:
    match tree:
        case {"all": list(parts)} | {"any": list(parts)}:
            return sum(map(_counted, parts))
        case {"not": part}:
            return _counted(part)
        case {"relation": _, "where": part}:
            return 1 + _counted(part)
        case {"relation": _}:
            return 1
    return 0
