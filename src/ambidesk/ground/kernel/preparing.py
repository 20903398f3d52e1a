"""
Preparing: a query that Django writes once and that is then asked with other values.

Writing the SQL of a page's largest questions takes Django longer than PostgreSQL needs to answer
them. What `make` builds may depend on its slots and on the key, and on nothing else.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

Value = int | str | datetime
# Makes a query out of its slots, which stand for the values that are asked for.
Making = Callable[[Mapping[str, Any]], "QuerySet[Any, Any]"]
# Each thread keeps so many; what was not asked for longest is written again when it comes back.
KEPT = 100
# Stand for values while the SQL is written; no row has such an id, and nobody lives so late.
FIRST_SLOT = 9_100_000_000_000_000_000
LATE = datetime(9100, 1, 1, tzinfo=UTC)
_kept = threading.local()


class Prepared:
    """A query, its SQL and where in it the values stand."""

    def __init__(self, make: Making, like: Mapping[str, Value]) -> None:
        slots = {name: _slot(place, value) for place, (name, value) in enumerate(like.items())}
        named = {slot: name for name, slot in slots.items()}
        self._rows = make(slots)
        self._compiler = self._rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self._is_empty = False
        try:
            self._sql, values = self._compiler.as_sql()
        except EmptyResultSet:
            # Django sees at once that nothing can be found: somebody without any team, say.
            self._is_empty, self._sql, values = True, "", ()
        # A list stands in one place of the SQL, so a slot is never inside of another value.
        self._values = [named.get(value) if _is_slot(value) else None for value in values]
        self._constants = list(values)

    def ask(self, given: Mapping[str, Value]) -> list[Any]:
        """Ask with these values."""
        if self._is_empty:
            return []
        filled = zip(self._values, self._constants, strict=True)
        values = tuple(value if name is None else given[name] for name, value in filled)
        rows = self._rows.all()
        # Rows are made as ever; only the writing is left out.
        self._compiler.as_sql = lambda *_how, **_told: (self._sql, values)
        rows.query.get_compiler = lambda *_how, **_told: self._compiler  # type: ignore[method-assign]
        return list(rows)


def prepared(key: Hashable, make: Making, **values: Value) -> list[Any]:
    """
    Give the rows of a query that is made by its slots, for these values of them.

    A slot holds values of one type; the query is to use it as it is, not something made of it.
    """
    kept = _of_this_thread()
    found = kept.pop(key, None)
    if found is None:
        found = Prepared(make, values)
    kept[key] = found
    if len(kept) > KEPT:
        kept.popitem(last=False)
    return found.ask(values)


def _of_this_thread() -> "OrderedDict[Hashable, Prepared]":
    """What is prepared for the connection of this thread: a compiler belongs to one."""
    here = connections[DEFAULT_DB_ALIAS]
    if getattr(_kept, "connection", None) is not here:
        _kept.connection, _kept.queries = here, OrderedDict()
    return cast("OrderedDict[Hashable, Prepared]", _kept.queries)


def _slot(place: int, value: Value) -> Value:
    if isinstance(value, str):
        return f"slot {FIRST_SLOT + place}"
    return LATE + timedelta(days=place) if isinstance(value, datetime) else FIRST_SLOT + place


def _is_slot(value: object) -> bool:
    # Other values need not be hashable: a list, say.
    return isinstance(value, int | str | datetime) and not isinstance(value, bool)
