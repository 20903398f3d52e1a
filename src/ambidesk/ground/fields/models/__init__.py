"""Rows of fields: definitions and their options."""

from ambidesk.ground.fields.models.definition import Definition, Option

__all__ = ["Definition", "Option"]
