"""The rows of insight: facts of tickets, figures of days, reports that were saved and mailed."""

from ambidesk.across.insight.models.fact import FactRow
from ambidesk.across.insight.models.figure import Figure
from ambidesk.across.insight.models.mailing import Attached, ReportMail, ReportMailing
from ambidesk.across.insight.models.saved import SavedReport

__all__ = ["Attached", "FactRow", "Figure", "ReportMail", "ReportMailing", "SavedReport"]
