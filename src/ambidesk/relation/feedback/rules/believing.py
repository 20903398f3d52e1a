"""
Believing: which scores that a page sent by itself are a person's, and which a mail scanner's.

Scanners follow links within seconds of the mail, some with a real browser, and follow all of them.
A button that is pressed is always believed.
"""

from datetime import datetime, timedelta

# A scanner looks at a mail before its reader gets it.
SCANNED_WITHIN = timedelta(seconds=20)
# Nobody opens two faces of a mail so soon one after the other.
CONTRADICTED_WITHIN = timedelta(seconds=60)


def is_too_soon(*, offered_at: datetime, at: datetime) -> bool:
    """Say whether the page was opened sooner than a person reads."""
    return at - offered_at < SCANNED_WITHIN


def is_contradicted(*, score: int, at: datetime, before: int, before_at: datetime) -> bool:
    """Say whether two scores that came by themselves are those of somebody who opens every link."""
    return score != before and at - before_at < CONTRADICTED_WITHIN
