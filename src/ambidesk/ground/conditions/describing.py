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
    operators_of,
)
from ambidesk.ground.conditions.operators import Operator, Quantity, Unit, shape_of
from ambidesk.ground.conditions.parsing import DEEPEST, DEEPEST_COUNT, LARGEST_COUNT, MOST
from ambidesk.ground.conditions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    Duration,
    Not,
    Symbol,
    Value,
)
from ambidesk.ground.conditions.vocabularies import Relation, Vocabulary
from ambidesk.ground.reach.actor import Actor


def described(vocabulary: Vocabulary, *, actor: Actor) -> dict[str, Any]:
    """Describe a vocabulary as JSON, with those of what can be counted, by their names."""
    related: dict[str, Vocabulary] = {}
    _gather(vocabulary, related)
    return {
        **_asked(vocabulary, actor),
        "related": {name: _asked(each, actor) for name, each in related.items()},
        "quantities": [{"value": each.value, "label": str(each.label)} for each in Quantity],
        "units": [{"value": unit.value, "label": str(unit.label)} for unit in Unit],
        "deepest": DEEPEST,
        "deepest_count": DEEPEST_COUNT,
        "largest_count": LARGEST_COUNT,
        "most": MOST,
    }


def in_words(condition: Condition, vocabulary: Vocabulary, *, actor: Actor) -> str:
    """Say a condition in a sentence; what the actor cannot see has its number only."""
    return _Speaker(vocabulary, actor).said(condition)


def _gather(vocabulary: Vocabulary, found: dict[str, Vocabulary]) -> None:
    for relation in vocabulary.relations:
        other = relation.vocabulary()
        if other.name not in found:
            found[other.name] = other
            _gather(other, found)


def _asked(vocabulary: Vocabulary, actor: Actor) -> dict[str, Any]:
    return {
        "fields": [_field(field, actor) for field in vocabulary.fields],
        "relations": [_relation(each) for each in vocabulary.relations],
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "name": relation.name,
        "label": str(relation.label),
        "of": relation.vocabulary().name,
        "timed": bool(relation.when),
    }


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


class _Speaker:
    """Says conditions over one vocabulary; what things are called is looked up once."""

    def __init__(self, vocabulary: Vocabulary, actor: Actor) -> None:
        self._vocabulary = vocabulary
        self._actor = actor
        self._known: dict[str, Mapping[object, str]] = {}

    def said(self, condition: Condition) -> str:
        """Say it."""
        match condition:
            case AllOf(parts):
                return _(" and ").join(map(self._part, parts))
            case AnyOf(parts):
                return _(" or ").join(map(self._part, parts))
            case Not(part):
                return _("not (%(what)s)") % {"what": self.said(part)}
            case Counted():
                return self._counted(condition)
            case Comparison(field=name):
                field = self._vocabulary.field(name)
                return _comparison(condition, field, self._names(field)) if field else name

    def _part(self, condition: Condition) -> str:
        words = self.said(condition)
        is_group = isinstance(condition, AllOf | AnyOf) and len(condition.parts) > 1
        return f"({words})" if is_group else words

    def _names(self, field: Field) -> Mapping[object, str]:
        if field.name not in self._known:
            self._known[field.name] = _names(field, self._actor)
        return self._known[field.name]

    def _counted(self, asked: Counted) -> str:
        relation = self._vocabulary.relation(asked.relation)
        if relation is None:
            return asked.relation
        words = f"{relation.label}: {_quantity(asked)}"
        if asked.within is not None:
            words = _("%(count)s in the last %(span)s") % {
                "count": words,
                "span": _duration(asked.within),
            }
        if asked.where is not None:
            where = _Speaker(relation.vocabulary(), self._actor).said(asked.where)
            words = f"{words} ({where})"
        return words


def _quantity(asked: Counted) -> str:
    if not asked.number:
        return _("none")
    return f"{asked.quantity.label} {number_format(asked.number)}"


def _comparison(asked: Comparison, field: Field, names: Mapping[object, str]) -> str:
    if isinstance(field, Boolean) and asked.value is not None:
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
