"""Tables as COPY takes them: columns that vary a row, and a tail that is the same for all."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Field, Model


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
        columns = model._meta.concrete_fields  # noqa: SLF001 Django's public name
        # What the database works out itself is not given to it.
        fields = {field.attname: field for field in columns if not field.generated}
        rest = [name for name in fields if name not in names]
        values = [told[name] if name in told else _default(fields[name]) for name in rest]
        self.name = model._meta.db_table  # noqa: SLF001 Django's public name
        self.columns = [str(fields[name].column) for name in (*names, *rest)]
        self.tail = "".join(f"\t{literal(value)}" for value in values) + "\n"


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
