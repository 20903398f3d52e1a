"""The path of a ticket as a small picture: a lane a line, a bar a stay, as long as it lasted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.support.tickets.lines import Path
from ambidesk.support.tickets.rules.lines import FIRST, LAST

WIDTH, LANE, LEAST = 280, 18, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One stay, by its place in the picture."""

    x: float
    y: int
    width: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """How long a ticket was on a line altogether."""

    line: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Bars, the joints between them, and the sums in words."""

    bars: tuple[Bar, ...]
    joints: tuple[Bar, ...]
    sums: tuple[Sum, ...]
    width: int = WIDTH
    height: int = LANE * LAST


def drawn(path: Path) -> Picture:
    """Lay a path out; even the shortest stay can be seen."""
    lasting = [stay.lasting.total_seconds() for stay in path.stays]
    widths = _widths(lasting)
    bars: list[Bar] = []
    x = 0.0
    for stay, width in zip(path.stays, widths, strict=True):
        words = _("Line %(line)s: %(time)s") % {"line": stay.line, "time": in_words(stay.lasting)}
        y = (LAST - stay.line) * LANE + 4
        bars.append(Bar(x=round(x, 1), y=y, width=round(width, 1), words=words))
        x += width
    sums = tuple(
        Sum(line=line, words=in_words(path.sums.get(line, timedelta())))
        for line in range(FIRST, LAST + 1)
        if line in path.sums
    )
    return Picture(bars=tuple(bars), joints=tuple(_joints(bars)), sums=sums)


def in_words(lasting: timedelta) -> str:
    """Say a time in its two largest units."""
    minutes = int(lasting.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [
        ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else "",
        ngettext("%(n)s h", "%(n)s h", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s min", "%(n)s min", minutes) % {"n": minutes} if minutes else "",
    ]
    said = [part for part in parts if part][:2]
    return " ".join(said) or _("less than a minute")


def _widths(lasting: Sequence[float]) -> list[float]:
    """Share the width by time; what would be too narrow gets the least, the others give it."""
    whole = sum(lasting)
    if not whole:
        return []
    room = WIDTH - LEAST * len(lasting)
    return [LEAST + max(room, 0) * each / whole for each in lasting]


def _joints(bars: Sequence[Bar]) -> list[Bar]:
    found = []
    for one, other in pairwise(bars):
        top, bottom = sorted((one.y, other.y))
        found.append(Bar(x=other.x, y=top + 5, width=bottom - top, words=""))
    return found
