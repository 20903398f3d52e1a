"""Showing: tiles, lines and cells of figures, each opening the tickets behind it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from ambidesk.across.insight.rules.measures import Measure
from ambidesk.edge.web.insight.asking import Asked
from ambidesk.edge.web.insight.saying import Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure: its value in words, how it changed, and where its tickets are."""

    name: str | Promise
    hint: str | Promise
    words: str
    trend: Trend | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value in a table, and where its tickets are."""

    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table; `url` goes on into it, `share` in percent is the length of its bar."""

    name: str
    cells: tuple[Cell, ...]
    url: str = ""
    share: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One way to look at it, and whether it is the one."""

    name: str | Promise
    url: str
    is_here: bool


def behind(asked: Asked, measure: Measure, **change: object) -> str:
    """Say where the tickets behind a figure are."""
    query = asked.address(figure=measure.value, by=None, **change)
    return f"{reverse('figures-tickets')}?{query}"
