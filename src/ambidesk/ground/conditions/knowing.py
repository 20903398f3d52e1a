"""Knowing: whether a condition can hold at all where some of the row's values are known."""

from collections.abc import Iterable, Mapping

from ambidesk.ground.conditions.binding import Among, Both, Bound, Counting, Either, Negated

# What a test may turn out to be: true, false, unknown as in SQL.
ANYTHING: frozenset[bool | None] = frozenset({True, False, None})
Outcomes = frozenset[bool | None]


def may_hold(bound: Bound, known: Mapping[str, object]) -> bool:
    """
    Say whether some row with these values, by name of field, could be selected.

    Never wrongly no; a yes may be too careful.
    """
    return True in _outcomes(bound, known)


def _outcomes(bound: Bound, known: Mapping[str, object]) -> Outcomes:
    match bound:
        case Both(parts):
            return _joined([_outcomes(part, known) for part in parts], decisive=False)
        case Either(parts):
            return _joined([_outcomes(part, known) for part in parts], decisive=True)
        case Negated(part):
            inner = _outcomes(part, known)
            return frozenset(None if each is None else not each for each in inner)
        case Among(field=field, values=values) if field.name in known:
            return frozenset({known[field.name] in values})
        case Counting():
            return frozenset({True, False})
    return ANYTHING


def _joined(parts: Iterable[Outcomes], *, decisive: bool) -> Outcomes:
    found: set[bool | None] = {not decisive}
    for part in parts:
        found = {_pair(one, other, decisive=decisive) for one in found for other in part}
    return frozenset(found)


def _pair(one: bool | None, other: bool | None, *, decisive: bool) -> bool | None:  # noqa: FBT001 three values are no switch
    if decisive in {one, other}:
        return decisive
    return None if None in {one, other} else not decisive
