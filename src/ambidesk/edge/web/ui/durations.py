"""Durations in words of at most two units: 45 s, 3 min, 1 h 20 min, 2 d 4 h."""

from django.utils.translation import pgettext

MINUTE, HOUR, DAY = 60, 3600, 86_400


def in_words(seconds: float) -> str:
    """Say how long it is; what is nothing or less is 0 s."""
    whole = max(round(seconds), 0)
    if whole < MINUTE:
        return pgettext("duration", "%(s)d s") % {"s": whole}
    if whole < HOUR:
        return pgettext("duration", "%(m)d min") % {"m": whole // MINUTE}
    if whole < DAY:
        hours, rest = divmod(whole, HOUR)
        minutes = rest // MINUTE
        if not minutes:
            return pgettext("duration", "%(h)d h") % {"h": hours}
        return pgettext("duration", "%(h)d h %(m)d min") % {"h": hours, "m": minutes}
    days, rest = divmod(whole, DAY)
    if rest < HOUR:
        return pgettext("duration", "%(d)d d") % {"d": days}
    return pgettext("duration", "%(d)d d %(h)d h") % {"d": days, "h": rest // HOUR}
