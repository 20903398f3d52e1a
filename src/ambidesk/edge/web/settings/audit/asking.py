"""Asking: whose acts, of which kind, on what, when; read from the address of the page."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime

from ambidesk.edge.web.settings.audit.saying import WORDS
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import beginning_of
from ambidesk.ground.kernel.journal import Mark, Wanted
from ambidesk.ground.reach.actor import ActorKind

ACTORS = (ActorKind.USER, ActorKind.API_KEY, ActorKind.CONTACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page was asked for, and what stands in its address."""

    wanted: Wanted
    before: Mark | None
    values: dict[str, str]

    def address(self, **changes: str) -> str:
        """What stands behind the question mark of a page that asks the same but for changes."""
        return urlencode({key: each for key, each in {**self.values, **changes}.items() if each})


def asked_of(request: Request) -> Asked:
    """Read what was asked; what makes no sense is as if it were not asked for."""
    query = request.GET
    actor, subject = pair(query.get("actor", "")), pair(query.get("about", ""))
    kind = query.get("kind", "")
    first, last = _day(query.get("from")), _day(query.get("to"))
    wanted = Wanted(
        actor=actor if actor and actor[0] in ACTORS else None,
        subject=subject,
        kinds=(kind,) if kind in WORDS else (),
        since=beginning_of(first) if first else None,
        until=beginning_of(last + timedelta(days=1)) if last and last < date.max else None,
    )
    kept = {
        "actor": f"{actor[0]}:{actor[1]}" if wanted.actor and actor else "",
        "about": f"{subject[0]}:{subject[1]}" if subject else "",
        "kind": kind if wanted.kinds else "",
        "from": first.isoformat() if first else "",
        "to": last.isoformat() if last else "",
    }
    return Asked(wanted=wanted, before=_mark(query.get("before", "")), values=kept)


def pair(given: str) -> tuple[str, int] | None:
    """Read a kind and a number, written as `user:5`."""
    kind, _colon, number = given.partition(":")
    is_number = number.isascii() and number.isdecimal() and len(number) < 18
    is_kind = kind.replace("_", "").isalpha() and kind.isascii() and len(kind) <= 30
    return (kind, int(number)) if is_kind and is_number else None


def written(mark: Mark) -> str:
    """Write where a page ended, for the address of the next one."""
    return f"{mark.sequence}:{mark.at.isoformat()}"


def _mark(given: str) -> Mark | None:
    number, _colon, moment = given.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    return Mark(at=at, sequence=int(number)) if at and at.tzinfo else None


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given or "")
    except ValueError:
        return None
