"""The rows of insight: facts of tickets, figures of days, reports that were saved."""

from ambidesk.across.insight.models.fact import FactRow
from ambidesk.across.insight.models.figure import Figure
from ambidesk.across.insight.models.saved import SavedReport

__all__ = ["FactRow", "Figure", "SavedReport"]
