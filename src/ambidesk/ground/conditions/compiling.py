"""
Compiling: a bound condition as a Q for sets of rows, with SQL's own logic of three values.

Written as expressions, since Django's lookups by keyword make two values of three. What is counted
is counted no further than it has to be: "at least 3" asks whether there is a third one.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any, TypeAlias, assert_never

from django.db.models import (
    BigIntegerField,
    DecimalField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
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
    Counting,
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


def compiled(bound: Bound, *, at: datetime, denied: bool = False) -> Q:
    """
    Make a Q of a bound condition; `at` is the instant it was bound for.

    Under a negation it is `denied`: there a value that is missing is not one that is other.
    """
    match bound:
        case Both(parts):
            return reduce(and_, (compiled(part, at=at, denied=denied) for part in parts))
        case Either(parts):
            return reduce(or_, (compiled(part, at=at, denied=denied) for part in parts))
        case Negated(part):
            return ~compiled(part, at=at, denied=True)
        case Among() | Compared() | Worded():
            found = None if denied else _found(bound)
            return Q(found or _known(bound, bound.field.expression(at)))
        case Empty(field):
            return _empty(field.expression(at), words=field.kind is Kind.TEXT)
        case Carrying() | Counting():
            return Q(_existing(bound))
        case _:
            assert_never(bound)


def counted(test: Counting, *, of: Mapping[str, object]) -> QuerySet[Any]:
    """Give the rows from the one on that decides a count, of a row with these values."""
    relation = test.relation
    rows = relation.rows(test.actor).filter(**of).order_by()
    if relation.when:
        rows = rows.filter(**{f"{relation.when}__lte": test.until})
        if test.since is not None:
            rows = rows.filter(**{f"{relation.when}__gte": test.since})
    if test.where is not None:
        rows = rows.filter(compiled(test.where, at=test.until))
    return rows[test.least - 1 : test.least] if test.least > 1 else rows


def _found(test: Among | Compared | Worded) -> Combinable | None:
    """Ask an index for the rows with some values, where the field has one."""
    if not isinstance(test, Among) or not test.values or test.field.derived is None:
        return None
    among = test.field.derived.among
    return among([_typed(each) for each in sorted(test.values, key=repr)]) if among else None


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


def _existing(test: Carrying | Counting) -> Exists:
    if isinstance(test, Counting):
        through = test.relation.through
        of: dict[str, object] = {
            theirs: through(OuterRef(OuterRef(ours))) if through else OuterRef(ours)
            for theirs, ours in test.relation.links
        }
        return Exists(counted(test, of=of))
    return _carrying(test)


def _carrying(test: Carrying) -> Exists:
    field = test.field
    kept = {field.row: OuterRef("pk"), **field.only}
    carried = field.links._default_manager.filter(**kept)  # noqa: SLF001 Django's public name
    if test.values is not None:
        carried = carried.filter(**{f"{field.member}__in": sorted(test.values)})
    return Exists(carried)


def _made(lookup: Lookup, *sides: object) -> Combinable:
    made: Combinable = lookup(*sides)
    return made
