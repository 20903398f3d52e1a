"""Rows read beside a row: annotations of arrays of objects, which the model does not declare."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model


def beside(row: Model, name: str) -> list[Mapping[str, Any]]:
    """Give the objects that a query put beside the row under a name."""
    return list(vars(row)[name])
