"""
Evaluating: a bound condition for one row, true, false or unknown, as SQL has it.

Related rows lie in the database, and are asked there: whether there are as many as it needs.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, assert_never

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
    Test,
    Worded,
)
from ambidesk.ground.conditions.compiling import counted
from ambidesk.ground.conditions.fields import value_at
from ambidesk.ground.conditions.letters import fold
from ambidesk.ground.conditions.operators import Kind


def holds(bound: Bound, row: object, *, at: datetime) -> bool:
    """Tell whether the row belongs to the set that the condition selects."""
    return evaluated(bound, row, at=at) is True


def evaluated(bound: Bound, row: object, *, at: datetime) -> bool | None:
    """Evaluate for a row; None is unknown. `at` is the instant it was bound for."""
    match bound:
        case Both(parts):
            return all_of(evaluated(part, row, at=at) for part in parts)
        case Either(parts):
            return any_of(evaluated(part, row, at=at) for part in parts)
        case Negated(part):
            return opposite(evaluated(part, row, at=at))
        case Among() | Compared() | Worded() | Empty() | Carrying():
            return _tested(bound, row, at)
        case Counting():
            return _counted(bound, row)
        case _:
            assert_never(bound)


def all_of(values: Iterable[bool | None]) -> bool | None:
    """Say what AND makes of three values."""
    found = set(values)
    return False if False in found else None if None in found else True


def any_of(values: Iterable[bool | None]) -> bool | None:
    """Say what OR makes of three values."""
    found = set(values)
    return True if True in found else None if None in found else False


def opposite(value: bool | None) -> bool | None:  # noqa: FBT001 three values are no switch
    """Say what NOT makes of three values."""
    return None if value is None else not value


def _counted(test: Counting, row: object) -> bool:
    through = test.relation.through
    of = {theirs: value_at(row, ours) for theirs, ours in test.relation.links}
    if any(value is None for value in of.values()):
        return False
    if through:
        of = {theirs: through(value) for theirs, value in of.items()}
    return counted(test, of=of).exists()


def _tested(test: Test, row: object, at: datetime) -> bool | None:
    if isinstance(test, Carrying):
        carried = test.field.members_of(row)
        return bool(carried if test.values is None else carried & test.values)
    value = test.field.value_of(row, at)
    if isinstance(test, Empty):
        return value is None or (test.field.kind is Kind.TEXT and value == "")
    return None if value is None else _known(test, value)


def _known(test: Among | Compared | Worded, value: Any) -> bool:
    match test:
        case Among(values=values):
            return value in values
        case Compared(sign=sign, value=limit):
            return _compare(sign, value, limit)
        case Worded(part=part, text=text):
            return _words(part, fold(str(value)), text)
        case _:
            assert_never(test)


def _compare(sign: Sign, value: Any, limit: int | Decimal | datetime) -> bool:
    match sign:
        case Sign.LESS:
            return bool(value < limit)
        case Sign.AT_MOST:
            return bool(value <= limit)
        case Sign.MORE:
            return bool(value > limit)
        case Sign.AT_LEAST:
            return bool(value >= limit)
        case _:
            assert_never(sign)


def _words(part: Part, value: str, text: str) -> bool:
    match part:
        case Part.WHOLE:
            return value == text
        case Part.ANYWHERE:
            return text in value
        case Part.START:
            return value.startswith(text)
        case Part.END:
            return value.endswith(text)
        case _:
            assert_never(part)
