"""
Planned: statements that PostgreSQL plans once a session, where planning costs more than running.

They name the columns that they give: a plan that is kept must not change what comes out of it.
"""

import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

SLOT = re.compile(r"%\((\w+)\)s")
# What each session of PostgreSQL knows by now; a new session knows nothing.
_known: "WeakKeyDictionary[Any, set[str]]" = WeakKeyDictionary()


class Planned:
    """A statement with named values, each of a type of PostgreSQL."""

    def __init__(self, name: str, sql: str, *, types: Mapping[str, str]) -> None:
        slots = list(dict.fromkeys(SLOT.findall(sql)))
        body = SLOT.sub(lambda slot: f"${slots.index(slot[1]) + 1}", sql)
        self._name = name
        self._making = f"PREPARE {name} ({', '.join(types[each] for each in slots)}) AS {body}"
        self._call = f"EXECUTE {name} ({', '.join(f'%({each})s' for each in slots)})"

    def call(self) -> str:
        """Give what runs it in the session of this thread, to be executed with its values."""
        connection.ensure_connection()
        session: Any = connection.connection
        known = _known.setdefault(session, set())
        if self._name not in known:
            # It outlives the transaction in which it was made, also where that is rolled back.
            with connection.wrap_database_errors:
                session.execute(self._making)
            known.add(self._name)
        return self._call
