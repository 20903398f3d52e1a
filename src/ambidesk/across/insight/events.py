"""What happened to saved reports: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event

REPORT = ("report", "report_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSaved(Event):
    """A report was saved."""

    kind: ClassVar[str] = "insight.report_saved"
    subject: ClassVar[tuple[str, str]] = REPORT

    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDropped(Event):
    """A saved report was dropped."""

    kind: ClassVar[str] = "insight.report_dropped"
    subject: ClassVar[tuple[str, str]] = REPORT

    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMailed(Event):
    """Somebody gets a report by mail from now on."""

    kind: ClassVar[str] = "insight.report_mailed"
    subject: ClassVar[tuple[str, str]] = REPORT

    report_id: int
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMailEnded(Event):
    """Somebody gets it no more."""

    kind: ClassVar[str] = "insight.report_mail_ended"
    subject: ClassVar[tuple[str, str]] = REPORT

    report_id: int
    user_id: int
