"""
Judging: whether a condition holds of a row some of whose fields nobody knows.

Yes, no, or None where it hangs on what is unknown: then both may have been.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from ambidesk.ground.conditions.binding import Both, Bound, Counting, Either, Negated
from ambidesk.ground.conditions.evaluating import evaluated

ANYTHING: frozenset[bool | None] = frozenset({True, False, None})
Outcomes = frozenset[bool | None]
# Whether it is known what a field of this name was.
Known = Callable[[str], bool]


def judged(bound: Bound, row: object, *, at: datetime, known: Known) -> bool | None:
    """Say whether the condition selects the row; None where nobody can know."""
    outcomes = _outcomes(bound, row, at=at, known=known)
    if outcomes == {True}:
        return True
    return None if True in outcomes else False


def _outcomes(bound: Bound, row: object, *, at: datetime, known: Known) -> Outcomes:
    match bound:
        case Both(parts):
            told = (_outcomes(part, row, at=at, known=known) for part in parts)
            return _joined(told, decisive=False)
        case Either(parts):
            told = (_outcomes(part, row, at=at, known=known) for part in parts)
            return _joined(told, decisive=True)
        case Negated(part):
            inner = _outcomes(part, row, at=at, known=known)
            return frozenset(None if each is None else not each for each in inner)
    if not _is_known(bound, known):
        return ANYTHING
    return frozenset({evaluated(bound, row, at=at)})


def _is_known(bound: Bound, known: Known) -> bool:
    if isinstance(bound, Counting):
        return known(bound.relation.name) and asks_only(bound.where, bound.relation.lasting)
    field = getattr(bound, "field", None)
    return field is not None and known(field.name)


def asks_only(where: Bound | None, names: Collection[str]) -> bool:
    """Say whether a condition asks of no other fields, and counts nothing further."""
    match where:
        case None:
            return True
        case Both(parts) | Either(parts):
            return all(asks_only(part, names) for part in parts)
        case Negated(part):
            return asks_only(part, names)
        case Counting():
            return False
    return where.field.name in names


def _joined(parts: Iterable[Outcomes], *, decisive: bool) -> Outcomes:
    found: set[bool | None] = {not decisive}
    for part in parts:
        found = {_pair(one, other, decisive=decisive) for one in found for other in part}
    return frozenset(found)


def _pair(one: bool | None, other: bool | None, *, decisive: bool) -> bool | None:  # noqa: FBT001 three values are no switch
    if decisive in {one, other}:
        return decisive
    return None if None in {one, other} else not decisive
