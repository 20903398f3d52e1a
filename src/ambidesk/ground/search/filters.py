"""Filters: `name:value` in a question; what they mean is declared by the packages that know."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from ambidesk.ground.reach.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """
    What a filter leaves over.

    Each of `marks` is a choice of which one must stand; `wholes` are rows whose ids the wholes of
    the found must be among; `sorts` are the only ones looked at, where any are named.
    """

    marks: tuple[tuple[str, ...], ...] = ()
    scopes: tuple[int, ...] | None = None
    wholes: tuple["QuerySet[Model]", ...] = field(default=(), compare=False)
    sorts: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None


EVERYTHING = Narrowing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """
    One filter: the names that people type, in all languages, and an example of its values.

    `read` gives None for a value that it cannot read; the zone for days is that of the time.
    """

    names: tuple[str, ...]
    label: str | Promise
    example: str | Promise
    read: Callable[[str, Actor, datetime], Narrowing | None]


_filters: list[Filter] = []


def declare(filter_: Filter) -> None:
    """Add a filter."""
    if filter_ not in _filters:
        _filters.append(filter_)


def filters() -> tuple[Filter, ...]:
    """Every filter there is, for help and for reading questions."""
    return tuple(_filters)


def named(name: str) -> Filter | None:
    """Find a filter by a name that was typed."""
    return next((each for each in _filters if name.lower() in each.names), None)


def together(narrowings: list[Narrowing]) -> Narrowing:
    """Make one narrowing of several, all of which must hold."""
    scopes: set[int] | None = None
    for each in narrowings:
        if each.scopes is not None:
            scopes = set(each.scopes) if scopes is None else scopes & set(each.scopes)
    named_sorts = [set(each.sorts) for each in narrowings if each.sorts]
    starts = [each.since for each in narrowings if each.since]
    ends = [each.before for each in narrowings if each.before]
    return Narrowing(
        marks=tuple(mark for each in narrowings for mark in each.marks),
        scopes=None if scopes is None else tuple(sorted(scopes)),
        wholes=tuple(whole for each in narrowings for whole in each.wholes),
        sorts=tuple(sorted(set.intersection(*named_sorts))) if named_sorts else (),
        since=max(starts, default=None),
        before=min(ends, default=None),
    )
