"""Reports: the work by company, site, contract, model and the like; each figure opens its rows."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ambidesk.across.insight import reading
from ambidesk.across.insight.breaking_down import Told, told
from ambidesk.across.insight.questions import By
from ambidesk.edge.web.insight import plotting
from ambidesk.edge.web.insight.asking import (
    Asked,
    Select,
    asked_of,
    selects_of,
    spans_of,
)
from ambidesk.edge.web.insight.lines import COLUMNS, Table, day_lines, table_of, tiles_of
from ambidesk.edge.web.insight.naming import WORDS, name_of
from ambidesk.edge.web.insight.narrowing import Asks
from ambidesk.edge.web.insight.saved import Saved, Sharing, saved_of, sharing_of
from ambidesk.edge.web.insight.saying import NAMES
from ambidesk.edge.web.insight.showing import Line, Tab, Tile
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.service.assets.rights import AssetRight
from ambidesk.service.contracts.rights import ContractRight

# Of everything a quarter is looked at, of one company or thing a year.
MOST_DAYS, MOST_NARROW_DAYS = 92, 366
SHOWN, SHOWN_ALL = 10, 200
RIGHTS = {
    By.COMPANY: CompaniesRight.SEE,
    By.TERRITORY: CompaniesRight.SEE,
    By.SITE: CompaniesRight.SEE,
    By.CONTRACT: ContractRight.SEE,
    By.MODEL: AssetRight.SEE,
}
ORDER = (*RIGHTS, By.CATEGORY, By.STAGE, By.TEAM, By.OPERATOR, By.BRAND, By.CHANNEL)
# These have others of their kind below them.
DEEP = (By.TERRITORY, By.CATEGORY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """What a report is narrowed to; `url` is the report without it."""

    label: str | Promise
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Another screen about the same."""

    name: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report as its screen shows it; `plots` is the seed of the charts."""

    title: str
    asked: Asked
    first: date
    last: date
    spans: tuple[tuple[int, str, bool], ...]
    selects: tuple[Select, ...]
    chips: tuple[Chip, ...]
    cards: tuple[Card, ...]
    tiles: tuple[tuple[Tile, ...], ...]
    has_any: bool
    tabs: tuple[Tab, ...]
    table: Table
    day_heads: tuple[str | Promise, ...]
    days: tuple[Line, ...]
    plots: dict[str, Any]
    csv: str
    xlsx: str
    saved: tuple[Saved, ...]
    sharing: Sharing


def show(request: Request) -> HttpResponse:
    """Show a report."""
    asked = report_of(request)
    actor, url = request.actor, reverse("report")
    most = SHOWN_ALL if request.GET.get("all") == "1" else SHOWN
    table = table_of(asked, asked.by, actor=actor, most=most, url=url)
    charts = Charts.of(request, asked)
    before = told(asked.question.before, actor=actor)
    chips = _chips(asked, actor, url)
    page = ReportPage(
        title=chips[0].name if chips else _("Reports"),
        asked=asked,
        first=asked.question.first,
        last=asked.question.until - timedelta(days=1),
        spans=spans_of(asked, day_of(request.at), url=url),
        selects=selects_of(asked.question, actor=actor),
        chips=chips,
        cards=cards_of(asked, actor),
        tiles=tiles_of(asked, table.whole, before=before),
        has_any=bool(table.whole.number or before.number),
        tabs=tuple(_tab(asked, by, url) for by in offered(asked, actor)),
        table=table,
        day_heads=tuple(NAMES[measure] for measure in COLUMNS[:-2]),
        days=charts.lines(asked),
        plots=charts.plots(asked, bars=table.bars),
        csv=f"{reverse('report-csv')}?{asked.address()}",
        xlsx=f"{reverse('report-xlsx')}?{asked.address()}",
        saved=saved_of(actor, url=url),
        sharing=sharing_of(asked, actor, at=request.at),
    )
    return render(request, "report.html", {"page": page})


def report_of(request: Asks, **about: int) -> Asked:
    """Read which report is asked for; what may not be compared is not."""
    usual = By.COMPANY if request.actor.may(CompaniesRight.SEE) else By.TEAM
    asked = asked_of(request, by=usual, most=MOST_DAYS, most_narrow=MOST_NARROW_DAYS, **about)
    asked = replace(asked, is_report=True)
    choices = offered(asked, request.actor)
    return asked if asked.by in choices else replace(asked, by=choices[0])


def offered(asked: Asked, actor: Actor) -> tuple[By, ...]:
    """By what a report can be broken down: what the actor may see and is not one thing by now."""
    return tuple(
        by
        for by in ORDER
        if (by not in RIGHTS or actor.may(RIGHTS[by]))
        and (by in DEEP or asked.question.asked(by) is None)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """The days of a report and of the period before, and what was open at their ends."""

    now: plotting.Days
    before: plotting.Days
    backlog: dict[date, int]

    @classmethod
    def of(cls, request: Request, asked: Asked) -> "Charts":
        """Read them."""
        question, actor = asked.question, request.actor
        return cls(
            now=reading.by_day(question, actor=actor),
            before=reading.by_day(question.before, actor=actor),
            backlog=dict(
                reading.backlog(question, actor=actor, today=day_of(request.at))
                if question.missing is None
                else {}
            ),
        )

    def plots(self, asked: Asked, *, bars: tuple[plotting.Bar, ...]) -> dict[str, Any]:
        """Give what the charts are drawn from."""
        return plotting.plots(
            asked, days=self.now, before=self.before, backlog=self.backlog, bars=bars
        )

    def lines(self, asked: Asked) -> tuple[Line, ...]:
        """Give the same as a table."""
        days = sorted(self.now, reverse=True)
        named = [
            (plotting.day_in_words(day), day.isoformat(), Told(tallies=self.now[day]))
            for day in days
        ]
        return tuple(day_lines(asked, named))


def cards_of(asked: Asked, actor: Actor) -> tuple[Card, ...]:
    """Other screens about what a report is narrowed to."""
    question, cards = asked.question, []
    if question.company is not None and actor.may(CompaniesRight.SEE):
        url = reverse("company", args=[question.company])
        cards.append(Card(name=_("Card of the company"), url=url, icon="building"))
    if question.site is not None and actor.may(CompaniesRight.SEE):
        url = reverse("site", args=[question.site])
        cards.append(Card(name=_("Card of the site"), url=url, icon="map-pin"))
    if question.model is not None and actor.may(AssetRight.SEE):
        url = reverse("asset-model", args=[question.model])
        cards.append(Card(name=_("Failures beside its sisters"), url=url, icon="activity"))
    elif asked.by is By.MODEL:
        url = reverse("assets")
        cards.append(Card(name=_("Failures by model"), url=url, icon="activity"))
    return tuple(cards)


def _chips(asked: Asked, actor: Actor, url: str) -> tuple[Chip, ...]:
    chips = [
        Chip(label=WORDS[by], name=name, url=f"{url}?{asked.address(**{by.value: None})}")
        for by, name in asked.names.items()
    ]
    for by in (By.TEAM, By.OPERATOR, By.BRAND, By.CHANNEL):
        number = asked.question.asked(by)
        if number is not None and (name := name_of(by, number, actor=actor)):
            without = f"{url}?{asked.address(**{by.value: None})}"
            chips.append(Chip(label=WORDS[by], name=name, url=without))
    if (missing := asked.question.missing) is not None:
        without = f"{url}?{asked.address(none=None)}"
        chips.append(Chip(label=WORDS[missing], name=_("None"), url=without))
    return tuple(chips)


def _tab(asked: Asked, by: By, url: str) -> Tab:
    to = f"{url}?{asked.address(by=by.value)}#by"
    return Tab(name=WORDS[by], url=to, is_here=by is asked.by)
