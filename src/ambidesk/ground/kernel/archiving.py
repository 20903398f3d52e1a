"""Archiving: things of the settings go out of use and come back; their rows stay."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def turn(thing: M, *, at: datetime, beside: tuple[str, ...] = ()) -> M:
    """
    Lock a thing, read it afresh, and take it out of use, or into use again when it was out.

    Columns `beside` get the instant too. The caller stands in a transaction and records it.
    """
    rows = type(thing)._default_manager  # noqa: SLF001 Django's public name
    row: Any = rows.select_for_update().get(pk=thing.pk)
    row.archived_at = None if row.archived_at else at
    for column in beside:
        setattr(row, column, at)
    row.save(update_fields=["archived_at", *beside])
    found: M = row
    return found
