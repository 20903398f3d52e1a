"""The rows of insight: facts of tickets, figures of days."""

from ambidesk.across.insight.models.fact import FactRow
from ambidesk.across.insight.models.figure import Figure

__all__ = ["FactRow", "Figure"]
