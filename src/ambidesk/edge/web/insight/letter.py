"""
A saved report as a mail: the figures and how they changed, and the lines of its breakdown.

All of it is read as its reader may see it now, each figure with the link to its tickets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.across.insight.breaking_down import told
from ambidesk.across.insight.models import Attached, ReportMail
from ambidesk.across.insight.posting import ReportWords
from ambidesk.edge.web.insight.asking import Asked
from ambidesk.edge.web.insight.lines import Table, table_of, tiles_of
from ambidesk.edge.web.insight.report import report_of
from ambidesk.edge.web.insight.saying import Trend
from ambidesk.edge.web.insight.sheet import XLSX, csv_of, name_of_file, xlsx_of
from ambidesk.edge.web.insight.showing import Line, Tile
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.channels.mail.composing.letter import File

SHOWN = 10
# What a line tells in a mail, which is narrower than a page.
COLUMNS = 5
ARROWS = {"up": "\u25b2 ", "down": "\u25bc "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """What is asked when no page is: the address of a report, whose reach, when."""

    GET: QueryDict
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of the mail: its name, its value, how it changed, where its tickets are."""

    name: str
    words: str
    change: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """What the mail is made of; `problem` says why there is nothing to tell."""

    site: str
    name: str
    days: str
    narrowed: str
    problem: str
    figures: tuple[Figure, ...]
    heads: tuple[str, ...]
    table: Table
    lines: tuple[Line, ...]
    url: str
    way_out: str


def write_report(
    row: ReportMail, reader: Actor, *, way_out: str, at: datetime
) -> ReportWords | None:
    """Write a report in the language that is spoken; None where it is of what is out of sight."""
    try:
        asked = report_of(Mailed(GET=_query(row), actor=reader, at=at))
    except Http404:
        return None
    page = _page(row, asked, reader, way_out)
    return ReportWords(
        subject=one_line(f"{page.name}: {page.days}"),
        text="\n".join(_text(page)),
        html=render_to_string("report_mail.html", {"page": page}),
        files=tuple(_files(row, asked, reader)),
    )


def _query(row: ReportMail) -> QueryDict:
    """Ask what was saved, of the days of the turn."""
    query = QueryDict(row.mailing.report.asked, mutable=True)
    query.pop("days", None)
    query["from"] = row.first.isoformat()
    query["to"] = (row.until - timedelta(days=1)).isoformat()
    return query


def _page(row: ReportMail, asked: Asked, actor: Actor, way_out: str) -> LetterPage:
    url = reverse("report")
    table = table_of(asked, asked.by, actor=actor, most=SHOWN, url=url)
    before = told(asked.question.before, actor=actor)
    tiles = [tile for group in tiles_of(asked, table.whole, before=before) for tile in group]
    # A condition that holds no more would make every figure none, which is not so.
    problem = asked.narrowing.problem
    return LetterPage(
        site=settings.BASE_URL,
        name=row.mailing.report.name,
        days=asked.words,
        narrowed=" · ".join(filter(None, (*asked.names.values(), asked.narrowing.words))),
        problem=problem,
        figures=() if problem else tuple(map(_figure, tiles)),
        heads=tuple(str(head) for head in table.heads[:COLUMNS]),
        table=table,
        lines=() if problem else table.lines,
        url=f"{settings.BASE_URL}{url}?{asked.address(report=None)}",
        way_out=way_out,
    )


def _figure(tile: Tile) -> Figure:
    return Figure(
        name=str(tile.name),
        words=tile.words,
        change=_change(tile.trend),
        url=f"{settings.BASE_URL}{tile.url}",
    )


def _change(trend: Trend | None) -> str:
    return f"{ARROWS.get(trend.direction, '')}{trend.words}" if trend else ""


def _text(page: LetterPage) -> Iterator[str]:
    yield page.name
    yield page.days
    if page.narrowed:
        yield page.narrowed
    yield ""
    if page.problem:
        yield page.problem
    for each in page.figures:
        change = f" ({each.change})" if each.change else ""
        yield f"{each.name}: {each.words}{change}"
        yield each.url
    if page.figures:
        yield ""
        yield _("In brackets: the change against as many days before.")
    if page.lines:
        yield f"\n{page.table.name}"
    for line in page.lines:
        cells = zip(page.heads, line.cells, strict=False)
        yield f"{line.name}: " + ", ".join(f"{head} {cell.words}" for head, cell in cells)
        if line.url:
            yield f"{page.site}{line.url}"
    yield ""
    yield _("Open the report: %(url)s") % {"url": page.url}
    yield _("Get it no more: %(url)s") % {"url": page.way_out}


def _files(row: ReportMail, asked: Asked, actor: Actor) -> Iterator[File]:
    match row.mailing.attached:
        case Attached.CSV:
            name = name_of_file(asked, "csv")
            yield File(name=name, content_type="text/csv", content=csv_of(asked, actor))
        case Attached.XLSX:
            name = name_of_file(asked, "xlsx")
            yield File(name=name, content_type=XLSX, content=xlsx_of(asked, actor))
