"""Tables as COPY takes them: columns that vary a row, and a tail that is the same for all."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import psycopg
from django.db.models import Field, Model
from psycopg import sql

AT_ONCE = 2_000


class Table:
    """
    One table while it is filled.

    A row is a line of tab-separated values of the varied columns, escaped, followed by `tail`:
    what the model gives to a new row by itself, or `fixed` says.
    """

    def __init__(
        self, model: type[Model], varied: str, *, fixed: Mapping[str, object] | None = None
    ) -> None:
        told = dict(fixed or {})
        names = varied.split()
        fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 Django's public name
        rest = [name for name in fields if name not in names]
        values = [told[name] if name in told else _default(fields[name]) for name in rest]
        self.name = model._meta.db_table  # noqa: SLF001 Django's public name
        self.columns = [str(fields[name].column) for name in (*names, *rest)]
        self.tail = "".join(f"\t{literal(value)}" for value in values) + "\n"


class Filling:
    """An open COPY into a table; lines are sent in packets."""

    def __init__(self, copy: psycopg.Copy) -> None:
        self._copy = copy
        self._lines: list[str] = []

    def add(self, line: str) -> None:
        """Take one line."""
        self._lines.append(line)
        if len(self._lines) >= AT_ONCE:
            self.send()

    def send(self) -> None:
        """Send what was taken."""
        self._copy.write("".join(self._lines))
        self._lines.clear()


@contextmanager
def filling(url: str, name: str, *, columns: Sequence[str]) -> Iterator[Filling]:
    """Fill a table over a connection of its own; all of it is there once this ends, or nothing."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        # Foreign keys hold by construction: checking each would take most of the time.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET synchronous_commit = off")
        order = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with cursor.copy(order) as copy:
            lines = Filling(copy)
            yield lines
            lines.send()


def literal(value: object) -> str:
    """Write a value as COPY reads it."""
    match value:
        case None:
            return r"\N"
        case bool():
            return "t" if value else "f"
        case dict():
            return json.dumps(value).replace("\\", "\\\\")
        case list() | tuple():
            return "{}"
        case datetime():
            return value.isoformat()
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def _default(field: "Field[object, object]") -> object:
    return field.get_default()
