"""
Parsing: conditions from JSON, strictly, and back.

{"field": "state", "operator": "is", "value": "open"} is a question; {"all": [...]}, {"any": [...]}
and {"not": {...}} put questions together.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ambidesk.ground.conditions.fields import Field, Vocabulary, operators_of
from ambidesk.ground.conditions.operators import Operator
from ambidesk.ground.conditions.refusals import (
    NotACondition,
    TooDeep,
    TooLarge,
    UnknownField,
    UnknownOperator,
)
from ambidesk.ground.conditions.tree import AllOf, AnyOf, Comparison, Condition, Not, comparisons
from ambidesk.ground.conditions.values import read_value, written_value

DEEPEST = 5
MOST = 50
ASKED = "condition"
PARTS = ({"field", "operator"}, {"field", "operator", "value"})


def read(given: object, vocabulary: Vocabulary) -> Condition:
    """
    Read a condition from JSON.

    Raises:
        NotACondition, TooDeep, TooLarge: it is not built like one.
        UnknownField, UnknownOperator, WrongValue, TooManyValues: a question makes no sense.
    """
    condition = _read(given, vocabulary, deep=0)
    if sum(1 for _each in comparisons(condition)) > MOST:
        raise TooLarge(field=ASKED, most=MOST)
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


def _read(given: object, vocabulary: Vocabulary, *, deep: int) -> Condition:
    if deep > DEEPEST:
        raise TooDeep(field=ASKED, most=DEEPEST)
    if not isinstance(given, Mapping):
        raise NotACondition(field=ASKED, what=_("a part is no object"))
    match sorted(map(str, given)):
        case ["all"]:
            return AllOf(_read_parts(given["all"], vocabulary, deep=deep))
        case ["any"]:
            return AnyOf(_read_parts(given["any"], vocabulary, deep=deep))
        case ["not"]:
            return Not(_read(given["not"], vocabulary, deep=deep + 1))
    return _comparison(given, vocabulary)


def _read_parts(given: object, vocabulary: Vocabulary, *, deep: int) -> tuple[Condition, ...]:
    if not isinstance(given, list) or not given:
        raise NotACondition(field=ASKED, what=_("a group has no parts"))
    if len(given) > MOST:
        raise TooLarge(field=ASKED, most=MOST)
    return tuple(_read(part, vocabulary, deep=deep + 1) for part in given)


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
