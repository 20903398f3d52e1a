"""Mails of reports that did not leave after all tries; they go with their mailing."""

from typing import Final

from ambidesk.across.insight.models import ReportMail
from ambidesk.ground.kernel.giving_up import GivenUp

MAILS: Final = GivenUp(rows=ReportMail, problem="report-unsent", subject="report_mail", tries=8)
