"""Rows of hints."""

from ambidesk.across.context.models.hint import Hint, LookKind

__all__ = ["Hint", "LookKind"]
