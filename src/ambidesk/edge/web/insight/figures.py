"""The page of figures: what they are now, against the period before, by day and by place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ambidesk.across.insight import reading
from ambidesk.across.insight.questions import COLUMNS as PLACES
from ambidesk.across.insight.questions import By
from ambidesk.across.insight.rules.measures import (
    NOTHING,
    READINGS,
    Measure,
    Tallies,
    together,
    value_of,
)
from ambidesk.edge.web.insight import plotting
from ambidesk.edge.web.insight.asking import (
    Asked,
    Select,
    asked_of,
    of_places,
    selects_of,
    spans_of,
)
from ambidesk.edge.web.insight.naming import WORDS, names_of, nobody
from ambidesk.edge.web.insight.saying import HINTS, NAMES, percent, trend_of, value_in_words
from ambidesk.edge.web.insight.showing import Cell, Line, Tab, Tile, behind
from ambidesk.edge.web.insight.visits import HINT, address, visits_asked
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.knowledge.deflecting import deflection
from ambidesk.support.knowledge.rules.visits import Visit

# The first row is read first: how people fare; then how fast we are; then what it takes.
GROUPS = (
    (Measure.CSAT, Measure.FIRST_RESPONSE, Measure.RESOLUTION, Measure.FCR),
    (Measure.OPENED, Measure.SOLVED, Measure.REOPENED, Measure.ABANDONED),
    (
        Measure.WAIT,
        Measure.NEXT_RESPONSE,
        Measure.HANDLING,
        Measure.TRANSFERS,
        Measure.RESPONSE_RATE,
    ),
)
# Shown where such surveys are asked; who does not ask does not want to read of it.
WHERE_ASKED = (Measure.NPS, Measure.CES, Measure.NPS_RATE, Measure.CES_RATE)
COLUMNS = (
    Measure.OPENED,
    Measure.SOLVED,
    Measure.FIRST_RESPONSE,
    Measure.RESOLUTION,
    Measure.FCR,
    Measure.REOPENED,
    Measure.CSAT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """Everything on the page of figures; `plots` is the seed of the charts."""

    asked: Asked
    first: date
    last: date
    spans: tuple[tuple[int, str, bool], ...]
    selects: tuple[Select, ...]
    tiles: tuple[tuple[Tile, ...], ...]
    has_any: bool
    tabs: tuple[Tab, ...]
    heads: tuple[str | Promise, ...]
    places: tuple[Line, ...]
    days: tuple[Line, ...]
    plots: dict[str, Any]
    csv: str


def show(request: Request) -> HttpResponse:
    """Show the figures."""
    asked = of_places(asked_of(request))
    actor, question, today = request.actor, asked.question, day_of(request.at)
    days, earlier = (reading.by_day(each, actor=actor) for each in (question, question.before))
    now, before = together(days.values()), together(earlier.values())
    plots = plotting.plots(
        asked,
        days=days,
        before=earlier,
        backlog=reading.backlog(question, actor=actor, today=today),
        load=reading.load(question, actor=actor),
    )
    places = reading.by_place(question, asked.by, actor=actor)
    columns = _columns(now)
    visits = visits_asked(question, actor=actor, at=request.at)
    page = FiguresPage(
        asked=asked,
        first=question.first,
        last=question.until - timedelta(days=1),
        spans=spans_of(asked, today, url=reverse("figures")),
        selects=selects_of(question, actor=actor),
        tiles=(*_tiles(asked, now, before), *_help_tiles(asked, visits)),
        has_any=bool(now or before or visits),
        tabs=tuple(_tab(asked, by) for by in PLACES),
        heads=tuple(NAMES[measure] for measure in columns),
        places=tuple(_of_places(asked, places, columns, actor=actor)),
        days=tuple(_of_days(asked, days, columns)),
        plots=plots,
        csv=f"{reverse('figures-csv')}?{asked.address()}",
    )
    return render(request, "figures.html", {"page": page})


def _columns(now: Tallies) -> tuple[Measure, ...]:
    return (*COLUMNS, *(m for m in WHERE_ASKED[:2] if value_of(m, now) is not None))


def _tiles(asked: Asked, now: Tallies, before: Tallies) -> tuple[tuple[Tile, ...], ...]:
    told = [m for m in WHERE_ASKED if any(value_of(m, each) is not None for each in (now, before))]
    groups = (*GROUPS, told) if told else GROUPS
    return tuple(tuple(_tile(asked, m, now, before) for m in group) for group in groups)


def _help_tiles(asked: Asked, visits: Sequence[Visit]) -> tuple[tuple[Tile, ...], ...]:
    """Who read in the help: shown where anybody did."""
    if not visits:
        return ()
    told = deflection(visits)
    values = {
        "spared": (_("Read and did not write"), percent(told.spared / told.visits)),
        "asked": (_("Read and wrote anyway"), number_format(told.visits - told.spared)),
        "all": (_("Visits to the help"), number_format(told.visits)),
    }
    return (
        tuple(
            Tile(name=name, hint=HINT, words=words, trend=None, url=address(asked, kind=kind))
            for kind, (name, words) in values.items()
        ),
    )


def _tile(asked: Asked, measure: Measure, now: Tallies, before: Tallies) -> Tile:
    value, earlier = value_of(measure, now), value_of(measure, before)
    return Tile(
        name=NAMES[measure],
        hint=HINTS[measure],
        words=value_in_words(measure, value),
        trend=trend_of(measure, now=value, before=earlier),
        url=behind(asked, measure),
    )


def _of_places(
    asked: Asked,
    places: Mapping[int | None, Tallies],
    columns: Sequence[Measure],
    *,
    actor: Actor,
) -> Iterable[Line]:
    names = names_of(asked.by, [each for each in places if each is not None], actor=actor)
    for number, tallies in sorted(
        places.items(), key=lambda pair: -(value_of(Measure.SOLVED, pair[1]) or 0)
    ):
        change: dict[str, object] = {} if number is None else {asked.by.value: number}
        name = nobody(asked.by) if number is None else names[number]
        yield Line(name=name, cells=_cells(asked, tallies, change, columns))


def _of_days(
    asked: Asked, days: Mapping[date, Tallies], columns: Sequence[Measure]
) -> Iterable[Line]:
    for day in sorted(days, reverse=True):
        change: dict[str, object] = {"from": day.isoformat(), "to": day.isoformat()}
        yield Line(name=plotting.day_in_words(day), cells=_cells(asked, days[day], change, columns))


def _cells(
    asked: Asked, tallies: Tallies, change: Mapping[str, object], columns: Sequence[Measure]
) -> tuple[Cell, ...]:
    cells = []
    for measure in columns:
        value = value_of(measure, tallies)
        # A net of nought has tickets behind it, a number of nought has none.
        has_any = bool(tallies.get(READINGS[measure].kind, NOTHING).number)
        url = behind(asked, measure, **change) if change and has_any else ""
        cells.append(Cell(words=value_in_words(measure, value), url=url))
    return tuple(cells)


def _tab(asked: Asked, by: By) -> Tab:
    url = f"{reverse('figures')}?{asked.address(by=by.value)}#by"
    return Tab(name=WORDS[by], url=url, is_here=by is asked.by)
