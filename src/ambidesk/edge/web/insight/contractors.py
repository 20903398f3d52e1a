"""Contractors compared, one of them, and the handovers behind each of their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from ambidesk.across.insight.reading import instants_of
from ambidesk.edge.web.insight.asking import Asked, asked_of, spans_of
from ambidesk.edge.web.insight.listing import HandedRow, rows_of
from ambidesk.edge.web.ui.durations import in_words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.parties.authority.saying import money_words
from ambidesk.support.handovers.scoring import Figure, Scorecard, Span, behind, scorecards

PER_PAGE = 50
NAMES: Mapping[Figure, str | Promise] = {
    Figure.DONE: pgettext_lazy("work", "Done"),
    Figure.ON_TIME: gettext_lazy("On time"),
    Figure.LATE: pgettext_lazy("work", "Late"),
    Figure.REWORKED: gettext_lazy("Sent back for rework"),
    Figure.DECLINED: gettext_lazy("Refused or given back"),
    Figure.PAID: gettext_lazy("Cost"),
    Figure.OPEN: gettext_lazy("Under way now"),
    Figure.OVERDUE: gettext_lazy("Overdue now"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure in words; its address opens the rows, "" where there are none."""

    name: str | Promise
    words: str
    note: str
    url: str
    is_bad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contractor: its score and figures."""

    id: int
    name: str
    url: str
    score: int | None
    few: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPage:
    """All contractors, the best score first."""

    words: str
    first: date
    last: date
    spans: tuple[tuple[int, str, bool], ...]
    heads: tuple[str | Promise, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """One contractor, and the rows behind one of the figures."""

    words: str
    line: Line
    back: str
    figure: str
    name: str | Promise
    number: int
    rows: tuple[HandedRow, ...]
    earlier: str
    later: str


def show(request: Request) -> HttpResponse:
    """Compare all contractors in a period."""
    asked = asked_of(request)
    cards = scorecards(span_of(asked), actor=request.actor, at=request.at)
    lines = [_line(card, asked) for card in cards]
    page = ComparedPage(
        words=asked.words,
        first=asked.question.first,
        last=asked.question.until - timedelta(days=1),
        spans=spans_of(asked, day_of(request.at), url=reverse("figures-contractors")),
        heads=tuple(cell.name for cell in lines[0].cells) if lines else (),
        lines=tuple(sorted(lines, key=lambda line: (-(line.score or -1), line.name))),
    )
    return render(request, "contractors.html", {"page": page})


def one(request: Request, contractor: int) -> HttpResponse:
    """Show one contractor and what stands behind a figure, `?figure=done` if none is named."""
    asked = asked_of(request)
    span = span_of(asked)
    cards = scorecards(span, actor=request.actor, at=request.at)
    card = next((each for each in cards if each.contractor.pk == contractor), None)
    given = request.GET.get("figure", Figure.DONE.value)
    if card is None or given not in set(Figure):
        raise Http404
    figure = Figure(given)
    found = behind(figure, card.contractor, span=span, actor=request.actor, at=request.at)
    pages = Paginator(found.select_related("site", "ticket"), PER_PAGE)
    here = pages.get_page(request.GET.get("page"))
    page = OnePage(
        words=asked.words,
        line=_line(card, asked),
        back=f"{reverse('figures-contractors')}?{asked.address(by=None)}",
        figure=figure.value,
        name=NAMES[figure],
        number=pages.count,
        rows=rows_of(here.object_list, at=request.at),
        earlier=_url(card, asked, figure, page=here.next_page_number()) if here.has_next() else "",
        later=_url(card, asked, figure, page=here.previous_page_number())
        if here.has_previous()
        else "",
    )
    return render(request, "contractor.html", {"page": page})


def span_of(asked: Asked) -> Span:
    """The instants of the days asked for, in the desk's own time."""
    since, until = instants_of(asked.question)
    return Span(since=since, until=until)


def _line(card: Scorecard, asked: Asked) -> Line:
    return Line(
        id=card.contractor.pk,
        name=str(card.contractor),
        url=_url(card, asked, Figure.DONE),
        score=card.score,
        few=card.tally.ended < FEW,
        cells=tuple(_cell(card, asked, figure) for figure in Figure if figure is not Figure.LATE),
    )


# Below so many a share says little.
FEW = 5


def _cell(card: Scorecard, asked: Asked, figure: Figure) -> Cell:
    count = card.counts[figure]
    words, note = _words(card, figure, count)
    return Cell(
        name=NAMES[figure],
        words=words,
        note=note,
        url=_url(card, asked, figure) if count else "",
        is_bad=figure is Figure.OVERDUE and count > 0,
    )


def _words(card: Scorecard, figure: Figure, count: int) -> tuple[str, str]:
    match figure:
        case Figure.DONE:
            took = card.answered_in
            answered = in_words(took.total_seconds()) if took is not None else ""
            note = _("answers after %(span)s") % {"span": answered} if answered else ""
            return str(count), note
        case Figure.ON_TIME:
            return _share(count, card.tally.done)
        case Figure.REWORKED:
            share, note = _share(count, card.tally.done)
            times = ngettext("%(n)s time", "%(n)s times", card.reworks) % {"n": card.reworks}
            return share, f"{note} · {times}" if card.reworks > count else note
        case Figure.DECLINED:
            return _share(count, card.tally.ended)
        case Figure.PAID:
            return ", ".join(money_words(each) for each in card.costs) or "–", ""
        case _:
            return str(count), ""


def _share(count: int, of: int) -> tuple[str, str]:
    if not of:
        return "–", ""
    note = _("%(count)s of %(all)s") % {"count": count, "all": of}
    return f"{round(100 * count / of)}\u00a0%", note


def _url(card: Scorecard, asked: Asked, figure: Figure, *, page: int | None = None) -> str:
    query = asked.address(by=None, figure=figure.value, page=page)
    return f"{reverse('figures-contractor', args=[card.contractor.pk])}?{query}"
