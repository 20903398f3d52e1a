"""The story's time: working hours that end just now, answers that take what answers take."""

from datetime import datetime, timedelta
from random import Random

OPENS, CLOSES = 8, 21
WEEKS = 5
SUNDAY = 6
# How busy a day of the week is, Monday first.
DAYS = (1.25, 1.1, 1.0, 1.0, 0.95, 0.5, 0.35)
LATEST = timedelta(minutes=3)
# The last ones come in while somebody looks, whatever the hour is.
FRESH, FRESH_WITHIN = 18, timedelta(hours=3)


def openings(dice: Random, *, number: int, now: datetime) -> list[datetime]:
    """
    Instants at which tickets begin, ascending, the last a few minutes before `now`.

    `now` is in the zone whose working hours count.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight - timedelta(days=back) for back in range(WEEKS * 7)]
    weights = [DAYS[day.weekday()] for day in days]
    found = [now - LATEST - dice.random() ** 2 * FRESH_WITHIN for _ in range(FRESH)]
    while len(found) < number:
        day = dice.choices(days, weights)[0]
        moment = day + timedelta(hours=_hour(dice))
        if moment < now - LATEST:
            found.append(moment)
    return sorted(found)


def later(dice: Random, moment: datetime, *, least: float, usual: float) -> datetime:
    """An instant some minutes later, within working hours; few take much longer than usual."""
    minutes = least + dice.expovariate(1 / max(usual - least, 0.1))
    return working(dice, moment + timedelta(minutes=minutes))


def working(dice: Random, moment: datetime) -> datetime:
    """The instant itself, or some minutes after the next opening."""
    if moment.weekday() == SUNDAY and dice.random() < 0.7:
        moment = _morning(dice, moment + timedelta(days=1))
    if moment.hour < OPENS:
        return _morning(dice, moment)
    if moment.hour >= CLOSES:
        return _morning(dice, moment + timedelta(days=1))
    return moment


def _morning(dice: Random, day: datetime) -> datetime:
    begin = day.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return begin + timedelta(minutes=3 + dice.random() * 70)


def _hour(dice: Random) -> float:
    """Two crests a day, before lunch and after it."""
    if dice.random() < 0.06:
        return dice.uniform(0, 24)
    crest = 10.7 if dice.random() < 0.58 else 15.8
    return min(max(dice.gauss(crest, 2.0), OPENS), CLOSES)
