"""Lengths of working time as people write them: 4 h, 1 h 30 min, 45 min; a bare number is hours."""

import re
from datetime import timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

_PART: Final = re.compile(
    r"(?P<number>\d{1,5}(?:[.,]\d{1,2})?)(?!\d)\s*(?P<unit>h|ч|min|мин|m|м)?[a-zа-я.]*\s*",
    re.IGNORECASE,
)
_MINUTES: Final = ("min", "мин", "m", "м")
MOST: Final = timedelta(days=3650)


class LengthField(forms.CharField):
    """One length; empty is none."""

    def clean(self, value: object) -> timedelta | None:
        """Read it."""
        text = super().clean(value)
        return read_length(text) if text else None


class LengthsField(forms.CharField):
    """Several lengths, or shares in percent, with commas between them."""

    def clean(self, value: object) -> tuple[tuple[timedelta, ...], tuple[int, ...]]:
        """Read them: the lengths, and the percents."""
        parts = [part.strip() for part in super().clean(value).split(",") if part.strip()]
        shares = [part for part in parts if part.endswith("%")]
        lengths = tuple(read_length(part) for part in parts if part not in shares)
        return lengths, tuple(read_percent(part) for part in shares)


def read_length(text: str) -> timedelta:
    """
    Read a length.

    Raises:
        ValidationError: it is none.
    """
    found, place = timedelta(), 0
    text = text.strip()
    while part := _PART.match(text, place):
        number = float(part["number"].replace(",", "."))
        minutes = (part["unit"] or "").lower() in _MINUTES
        found += timedelta(minutes=number) if minutes else timedelta(hours=number)
        place = part.end()
    if place < len(text) or not timedelta() < found <= MOST:
        raise forms.ValidationError(_("Write it as 4 h, 1 h 30 min or 45 min."))
    return found


def read_percent(text: str) -> int:
    """
    Read a share such as 25 %.

    Raises:
        ValidationError: it is none.
    """
    number = text.removesuffix("%").strip()
    if not (number.isascii() and number.isdecimal() and 0 < int(number[:3]) < 100):
        raise forms.ValidationError(_("A share is a whole number from 1 % to 99 %."))
    return int(number)


def written_length(length: timedelta | None) -> str:
    """Write a length in the reader's language, so that it is read again."""
    if length is None:
        return ""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    told = [pgettext("duration", "%(h)d h") % {"h": hours}] if hours else []
    told += [pgettext("duration", "%(m)d min") % {"m": minutes}] if minutes else []
    return " ".join(told)


HELP = gettext_lazy("As 4 h, 1 h 30 min or 45 min of working time; empty: not promised.")
