"""Describing: a vocabulary for the builder in the browser, and a condition in words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Field,
    Option,
    Reference,
    References,
    Vocabulary,
    operators_of,
)
from ambidesk.ground.conditions.operators import Operator, Unit, shape_of
from ambidesk.ground.conditions.parsing import DEEPEST, MOST
from ambidesk.ground.conditions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Duration,
    Not,
    Symbol,
    Value,
    comparisons,
)
from ambidesk.ground.reach.actor import Actor

Names = Mapping[str, Mapping[object, str]]


def described(vocabulary: Vocabulary, *, actor: Actor) -> dict[str, Any]:
    """Describe a vocabulary as JSON: fields, what each can be asked, what can be chosen."""
    return {
        "fields": [_field(field, actor) for field in vocabulary.fields],
        "units": [{"value": unit.value, "label": str(unit.label)} for unit in Unit],
        "deepest": DEEPEST,
        "most": MOST,
    }


def in_words(condition: Condition, vocabulary: Vocabulary, *, actor: Actor) -> str:
    """Say a condition in a sentence; what the actor cannot see has its number only."""
    asked = {each.field for each in comparisons(condition)}
    fields = [field for field in vocabulary.fields if field.name in asked]
    names = {field.name: _names(field, actor) for field in fields}
    return _said(condition, vocabulary, names)


def _field(field: Field, actor: Actor) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": field.name,
        "label": str(field.label),
        "kind": field.kind.value,
        "operators": [_operator(each) for each in operators_of(field)],
    }
    options = list(_options(field, actor))
    if options:
        facts["options"] = [{"value": each.value, "label": str(each.label)} for each in options]
    if isinstance(field, Reference) and field.symbols:
        facts["symbols"] = [
            {"value": {"symbol": each.value}, "label": str(each.label)} for each in field.symbols
        ]
    return facts


def _operator(operator: Operator) -> dict[str, str]:
    shape = shape_of(operator)
    return {"name": operator.value, "label": str(operator.label), "shape": shape.value}


def _options(field: Field, actor: Actor) -> Iterable[Option]:
    match field:
        case Choice(options=options):
            return options
        case Reference() | References():
            return field.options(actor)
    return ()


def _names(field: Field, actor: Actor) -> Mapping[object, str]:
    names: dict[object, str] = {each.value: str(each.label) for each in _options(field, actor)}
    if isinstance(field, Reference):
        names.update({Symbol(str(each.value)): str(each.label) for each in field.symbols})
    return names


def _said(condition: Condition, vocabulary: Vocabulary, names: Names) -> str:
    match condition:
        case AllOf(parts):
            return _(" and ").join(_part(part, vocabulary, names) for part in parts)
        case AnyOf(parts):
            return _(" or ").join(_part(part, vocabulary, names) for part in parts)
        case Not(part):
            return _("not (%(what)s)") % {"what": _said(part, vocabulary, names)}
        case Comparison(field=name):
            field = vocabulary.field(name)
            return _comparison(condition, field, names.get(name, {})) if field else name


def _part(condition: Condition, vocabulary: Vocabulary, names: Names) -> str:
    words = _said(condition, vocabulary, names)
    is_group = isinstance(condition, AllOf | AnyOf) and len(condition.parts) > 1
    return f"({words})" if is_group else words


def _comparison(asked: Comparison, field: Field, names: Mapping[object, str]) -> str:
    if isinstance(field, Boolean):
        answer = _("yes") if asked.value else _("no")
        return f"{field.label}: {answer}"
    plain = f"{field.label} {asked.operator.label}"
    return plain if asked.value is None else f"{plain} {_value(asked.value, names)}"


def _value(value: Value, names: Mapping[object, str]) -> str:
    if isinstance(value, tuple):
        return get_text_list([_single(each, names) for each in value], _("or"))
    return _single(value, names)


def _single(value: Value, names: Mapping[object, str]) -> str:
    if value in names:
        return names[value]
    match value:
        case Duration():
            return _duration(value)
        case str():
            return _("“%(text)s”") % {"text": value}
        case Symbol(name):
            return name
        case datetime():
            return date_format(value, "DATETIME_FORMAT")
    # A reference whose name the reader does not know has its number.
    return f"#{value}" if names else number_format(str(value))


def _duration(duration: Duration) -> str:
    number = duration.amount
    match duration.unit:
        case Unit.MINUTES:
            words = ngettext("%(number)s minute", "%(number)s minutes", number)
        case Unit.HOURS:
            words = ngettext("%(number)s hour", "%(number)s hours", number)
        case Unit.DAYS:
            words = ngettext("%(number)s day", "%(number)s days", number)
        case _:
            words = ngettext("%(number)s week", "%(number)s weeks", number)
    return words % {"number": number_format(number)}
