"""The report of a company: the view of whoever answers for it, a few comparisons at once."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from ambidesk.across.insight.breaking_down import told
from ambidesk.across.insight.questions import By
from ambidesk.edge.web.insight.asking import Asked, Select, spans_of
from ambidesk.edge.web.insight.lines import COLUMNS, Table, table_of, tiles_of
from ambidesk.edge.web.insight.report import Card, Charts, cards_of, offered, report_of
from ambidesk.edge.web.insight.saying import NAMES
from ambidesk.edge.web.insight.showing import Line, Tile
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.parties.stewards.serving import Served, teams_of

SHOWN = 5
COMPARED = (By.TERRITORY, By.SITE, By.CONTRACT, By.MODEL, By.CATEGORY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One comparison, and where it stands whole."""

    table: Table
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPage:
    """The report of a company as its screen shows it."""

    title: str
    asked: Asked
    first: date
    last: date
    spans: tuple[tuple[int, str, bool], ...]
    selects: tuple[Select, ...]
    cards: tuple[Card, ...]
    managers: tuple[Served, ...]
    tiles: tuple[tuple[Tile, ...], ...]
    has_any: bool
    parts: tuple[Part, ...]
    day_heads: tuple[str | Promise, ...]
    days: tuple[Line, ...]
    plots: dict[str, Any]
    report: str


def show(request: Request, company: int) -> HttpResponse:
    """Show what was done for a company that the actor sees."""
    asked = report_of(request, company=company)
    actor, url = request.actor, reverse("report")
    charts = Charts.of(request, asked)
    now, before = (told(each, actor=actor) for each in (asked.question, asked.question.before))
    here = reverse("report-company", args=[company])
    team = teams_of([company], on=day_of(request.at), by=actor)
    page = ClientPage(
        title=asked.names[By.COMPANY],
        asked=asked,
        first=asked.question.first,
        last=asked.question.until - timedelta(days=1),
        spans=spans_of(asked, day_of(request.at), url=here),
        selects=(),
        cards=cards_of(asked, actor),
        managers=tuple(each for each in team if each.is_manager),
        tiles=tiles_of(asked, now, before=before),
        has_any=bool(now.number or before.number),
        parts=_parts(request, asked, url),
        day_heads=tuple(NAMES[measure] for measure in COLUMNS[:-2]),
        days=charts.lines(asked),
        plots=charts.plots(asked, bars=()),
        report=f"{url}?{asked.address()}",
    )
    return render(request, "client.html", {"page": page})


def _parts(request: Request, asked: Asked, url: str) -> tuple[Part, ...]:
    """The comparisons that tell anything: of what there is only nothing, nothing is told."""
    choices = [by for by in COMPARED if by in offered(asked, request.actor)]
    tables = (table_of(asked, by, actor=request.actor, most=SHOWN, url=url) for by in choices)
    return tuple(
        Part(table=table, url=f"{url}?{asked.address(by=table.by.value)}#by")
        for table in tables
        if any(line.url for line in table.lines)
    )
