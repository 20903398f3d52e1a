"""
Parsing: conditions from JSON, strictly, and back.

{"field": "state", "operator": "is", "value": "open"} is a question; {"relation": "notes",
"quantity": "at_least", "number": 3} counts, perhaps "within" a time and "where" something holds;
{"all": [...]}, {"any": [...]} and {"not": {...}} put them together.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ambidesk.ground.conditions.fields import Field, operators_of
from ambidesk.ground.conditions.operators import Operator, Quantity, Words
from ambidesk.ground.conditions.refusals import (
    HasNoWindow,
    NotACondition,
    TooDeep,
    TooLarge,
    TooManyCounts,
    UnknownField,
    UnknownOperator,
    UnknownRelation,
    WrongNumber,
    WrongValue,
)
from ambidesk.ground.conditions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Duration,
    Not,
    comparisons,
    counts,
)
from ambidesk.ground.conditions.values import read_duration, read_value, written_value
from ambidesk.ground.conditions.vocabularies import Vocabulary

DEEPEST = 5
MOST = 50
ASKED = "condition"
# Counts within counts: deeper ones could not be answered soon.
DEEPEST_COUNT = 2
MOST_COUNTS = 5
LARGEST_COUNT = 1000
COUNT = {"relation", "quantity", "number"}
BESIDE_COUNT = {"within", "where"}
PARTS = ({"field", "operator"}, {"field", "operator", "value"})


def read(given: object, vocabulary: Vocabulary) -> Condition:
    """
    Read a condition from JSON.

    Raises:
        NotACondition, TooDeep, TooLarge: it is not built like one.
        UnknownField, UnknownOperator, WrongValue, TooManyValues: a question makes no sense.
        UnknownRelation, WrongNumber, HasNoWindow: a count makes no sense.
    """
    condition = _read(given, vocabulary, deep=0, counting=0)
    if sum(1 for _each in comparisons(condition)) > MOST:
        raise TooLarge(field=ASKED, most=MOST)
    if sum(1 for _each in counts(condition)) > MOST_COUNTS:
        raise TooManyCounts(field=ASKED, most=MOST_COUNTS)
    return condition


def written(condition: Condition) -> dict[str, Any]:
    """Write a condition as JSON; reading it gives the same condition."""
    match condition:
        case AllOf(parts):
            return {"all": [written(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [written(part) for part in parts]}
        case Not(part):
            return {"not": written(part)}
        case Comparison(field=field, operator=operator, value=value):
            plain = {"field": field, "operator": operator.value}
            return plain if value is None else {**plain, "value": written_value(value)}
        case Counted():
            return _written_count(condition)


def _written_count(asked: Counted) -> dict[str, Any]:
    made: dict[str, Any] = {
        "relation": asked.relation,
        "quantity": asked.quantity.value,
        "number": asked.number,
    }
    if asked.within is not None:
        made["within"] = written_value(asked.within)
    if asked.where is not None:
        made["where"] = written(asked.where)
    return made


def _read(given: object, vocabulary: Vocabulary, *, deep: int, counting: int) -> Condition:
    if deep > DEEPEST:
        raise TooDeep(field=ASKED, most=DEEPEST)
    if not isinstance(given, Mapping):
        raise NotACondition(field=ASKED, what=_("a part is no object"))
    match sorted(map(str, given)):
        case ["all"]:
            return AllOf(_read_parts(given["all"], vocabulary, deep=deep, counting=counting))
        case ["any"]:
            return AnyOf(_read_parts(given["any"], vocabulary, deep=deep, counting=counting))
        case ["not"]:
            return Not(_read(given["not"], vocabulary, deep=deep + 1, counting=counting))
    if "relation" in given:
        return _counted(given, vocabulary, deep=deep, counting=counting + 1)
    return _comparison(given, vocabulary)


def _read_parts(
    given: object, vocabulary: Vocabulary, *, deep: int, counting: int
) -> tuple[Condition, ...]:
    if not isinstance(given, list) or not given:
        raise NotACondition(field=ASKED, what=_("a group has no parts"))
    if len(given) > MOST:
        raise TooLarge(field=ASKED, most=MOST)
    return tuple(_read(part, vocabulary, deep=deep + 1, counting=counting) for part in given)


def _counted(
    given: Mapping[Any, Any], vocabulary: Vocabulary, *, deep: int, counting: int
) -> Counted:
    if not set(given) >= COUNT or set(given) - COUNT - BESIDE_COUNT:
        raise NotACondition(
            field=ASKED, what=_("a count has what is counted, how many, and perhaps which of them")
        )
    if counting > DEEPEST_COUNT:
        raise TooDeep(field=ASKED, most=DEEPEST_COUNT)
    name = given["relation"]
    relation = vocabulary.relation(name) if isinstance(name, str) else None
    if relation is None:
        raise UnknownRelation(field=ASKED, name=str(name)[:60])
    quantity = next((each for each in Quantity if each.value == given["quantity"]), None)
    if quantity is None:
        raise UnknownOperator(
            field=ASKED, label=relation.label, operator=str(given["quantity"])[:40]
        )
    if "within" in given and not relation.when:
        raise HasNoWindow(field=ASKED, label=relation.label)
    where = given.get("where")
    return Counted(
        relation=relation.name,
        quantity=quantity,
        number=_number(given["number"], quantity, relation.label),
        within=_window(given["within"], relation.label) if "within" in given else None,
        where=None
        if where is None
        else _read(where, relation.vocabulary(), deep=deep + 1, counting=counting),
    )


def _number(given: object, quantity: Quantity, label: Words) -> int:
    # That there are at least none is always so, and no question.
    least = 1 if quantity is Quantity.AT_LEAST else 0
    if type(given) is not int or not least <= given <= LARGEST_COUNT:
        raise WrongNumber(field=ASKED, label=label, least=least, most=LARGEST_COUNT)
    return given


def _window(given: object, label: Words) -> Duration:
    try:
        return read_duration(given)
    except (TypeError, ValueError, OverflowError) as unfit:
        raise WrongValue(field=ASKED, label=label) from unfit


def _comparison(given: Mapping[Any, Any], vocabulary: Vocabulary) -> Comparison:
    if set(given) not in PARTS:
        raise NotACondition(
            field=ASKED, what=_("a question has a field, an operator and a value, nothing else")
        )
    field = vocabulary.field(given["field"]) if isinstance(given["field"], str) else None
    if field is None:
        raise UnknownField(field=ASKED, name=str(given["field"])[:60])
    operator = _operator(given["operator"], field)
    value = read_value(field, operator, given=given.get("value"))
    return Comparison(field=field.name, operator=operator, value=value)


def _operator(given: object, field: Field) -> Operator:
    found = next((each for each in operators_of(field) if each.value == given), None)
    if found is None:
        raise UnknownOperator(field=ASKED, label=field.label, operator=str(given)[:40])
    return found
