"""Things of figures: a saved report that goes to its owner every morning."""

from datetime import time
from zoneinfo import ZoneInfo

from ambidesk.across.insight.mailing import Terms, mail_report
from ambidesk.across.insight.models import ReportMailing
from ambidesk.across.insight.rules.rhythm import Every, Rhythm
from ambidesk.across.insight.saving import save_report
from tests.cast import Cast


def mailed_report(cast: Cast) -> ReportMailing:
    """A report of the administrator's own."""
    by = cast.actor(cast.admin)
    report = save_report("Mine", "days=7", by=by, at=cast.at)
    rhythm = Rhythm(every=Every.DAY, day=1, clock=time(9), zone=ZoneInfo("UTC"))
    (row,) = mail_report(report, [cast.admin.user], terms=Terms(rhythm=rhythm), by=by, at=cast.at)
    return row
