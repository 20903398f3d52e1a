"""Moments that people put things off to, in the zone of the reader."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _

MORNING = time(9)
LATER = timedelta(hours=3)
# Later today ends here: nobody wants to be woken at night.
EVENING = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant and what people call it."""

    name: str
    at: datetime


def moments_after(at: datetime) -> tuple[Moment, ...]:
    """List the usual moments that follow an instant: later today, tomorrow, Monday, in a week."""
    now = localtime(at)
    later = (now + LATER).replace(minute=0, second=0, microsecond=0)
    moments = [
        Moment(name=_("Tomorrow"), at=_morning(now, days=1)),
        Moment(name=_("On Monday"), at=_morning(now, days=7 - now.weekday())),
        Moment(name=_("In a week"), at=_morning(now, days=7)),
    ]
    if later.date() == now.date() and later.hour <= EVENING:
        moments.insert(0, Moment(name=_("Later today"), at=later))
    seen: dict[datetime, Moment] = {}
    for moment in moments:
        seen.setdefault(moment.at, moment)
    return tuple(sorted(seen.values(), key=lambda moment: moment.at))


def _morning(now: datetime, *, days: int) -> datetime:
    day = now.date() + timedelta(days=days)
    return datetime.combine(day, MORNING, tzinfo=get_current_timezone())
