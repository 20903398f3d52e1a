"""
Compiling: a bound condition as a Q for sets of rows, with SQL's own logic of three values.

Written as expressions, since Django's lookups by keyword make two values of three.
"""

from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any, TypeAlias, assert_never

from django.db.models import BigIntegerField, DecimalField, Exists, OuterRef, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.db.models.lookups import (
    Contains,
    EndsWith,
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
    StartsWith,
)

from ambidesk.ground.conditions.binding import (
    Among,
    Both,
    Bound,
    Carrying,
    Compared,
    Either,
    Empty,
    Negated,
    Part,
    Sign,
    Worded,
)
from ambidesk.ground.conditions.operators import Kind

Lookup: TypeAlias = type[Any]
SIGNS: dict[Sign, Lookup] = {
    Sign.LESS: LessThan,
    Sign.AT_MOST: LessThanOrEqual,
    Sign.MORE: GreaterThan,
    Sign.AT_LEAST: GreaterThanOrEqual,
}
PARTS: dict[Part, Lookup] = {
    Part.WHOLE: Exact,
    Part.ANYWHERE: Contains,
    Part.START: StartsWith,
    Part.END: EndsWith,
}


def compiled(bound: Bound, *, at: datetime) -> Q:
    """Make a Q of a bound condition; `at` is the instant it was bound for."""
    match bound:
        case Both(parts):
            return reduce(and_, (compiled(part, at=at) for part in parts))
        case Either(parts):
            return reduce(or_, (compiled(part, at=at) for part in parts))
        case Negated(part):
            return ~compiled(part, at=at)
        case Among() | Compared() | Worded():
            return Q(_known(bound, bound.field.expression(at)))
        case Empty(field):
            return _empty(field.expression(at), words=field.kind is Kind.TEXT)
        case Carrying():
            return Q(_carrying(bound))
        case _:
            assert_never(bound)


def _known(test: Among | Compared | Worded, value: Combinable) -> Combinable:
    match test:
        case Among(values=values):
            return _among(value, sorted(values, key=repr))
        case Compared(sign=sign, value=limit):
            return _made(SIGNS[sign], value, _typed(limit))
        case Worded(part=part, text=text):
            return _made(PARTS[part], Lower(value, output_field=TextField()), text)
        case _:
            assert_never(test)


def _among(value: Combinable, members: list[Any]) -> Combinable:
    if not members:
        # False where there is a value, unknown where there is none: `IN ()` cannot be written.
        return _made(LessThan, value, value)
    if len(members) == 1:
        return _made(Exact, value, _typed(members[0]))
    return _made(In, value, [_typed(each) for each in members])


def _typed(member: Any) -> Any:
    # Numbers keep their own type: the column's would cut the fraction or refuse a large one.
    match member:
        case bool():
            return member
        case int():
            return Value(member, output_field=BigIntegerField())
        case Decimal():
            return Value(member, output_field=DecimalField())
    return member


def _empty(value: Combinable, *, words: bool) -> Q:
    missing = Q(_made(IsNull, value, True))
    return missing | Q(_made(Exact, value, "")) if words else missing


def _carrying(test: Carrying) -> Exists:
    field = test.field
    carried = field.links._default_manager.filter(**{field.row: OuterRef("pk")})  # noqa: SLF001 Django's public name
    if test.values is not None:
        carried = carried.filter(**{f"{field.member}__in": sorted(test.values)})
    return Exists(carried)


def _made(lookup: Lookup, *sides: object) -> Combinable:
    made: Combinable = lookup(*sides)
    return made
