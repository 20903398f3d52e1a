"""Dates: the Date header as an instant with its offset, None where it says none.

A date without a zone is taken as UTC (RFC 5322, 3.3: -0000).
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings

_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?")
_MARKED: Final = re.compile(r"[\u200e\u200f\xa0]")
_COMMENT: Final = re.compile(r"\([^()]*\)")
_COLON: Final = re.compile(r"\s*:\s*")
_LONGEST: Final = 500


def read_date(text: str, findings: Findings) -> datetime | None:
    """Read a Date header; a wrong one is a defect and None."""
    plain = _COMMENT.sub(" ", _MARKED.sub(" ", text[:_LONGEST]))
    plain = _COLON.sub(":", plain).strip()
    if not plain:
        return None
    found = _internet(plain) or _iso(plain)
    if found is None:
        findings.note(Defect.DATE_MALFORMED)
    return found


def _internet(text: str) -> datetime | None:
    try:
        parsed = parsedate_tz(text)
        if parsed is None:
            return None
        offset = timedelta(seconds=parsed[9] or 0)
        zone = timezone(offset) if abs(offset) < timedelta(hours=24) else UTC
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _iso(text: str) -> datetime | None:
    found = _ISO.match(text)
    if found is None:
        return None
    try:
        value = datetime.fromisoformat(found[0])
    except ValueError:
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
