"""The tickets behind a figure: each fact that was counted, the latest first."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from ambidesk.across.insight import reading
from ambidesk.across.insight.models import FactRow
from ambidesk.across.insight.questions import By
from ambidesk.across.insight.rules.beside import OF_STAGE
from ambidesk.across.insight.rules.facts import HIGHEST_MARKS, TIMES, FactKind
from ambidesk.across.insight.rules.measures import READINGS, Measure, Shape
from ambidesk.edge.web.insight.asking import Asked, asked_of
from ambidesk.edge.web.insight.naming import WORDS, names_of
from ambidesk.edge.web.insight.saying import HINTS, NAMES, worked
from ambidesk.edge.web.ui.durations import in_words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.saying import money_words
from ambidesk.support.tickets.models import Ticket

PER_PAGE = 50
# What was promised, by the value of the fact.
GOALS = {
    1: NAMES[Measure.FIRST_RESPONSE],
    2: NAMES[Measure.NEXT_RESPONSE],
    3: NAMES[Measure.RESOLUTION],
    OF_STAGE: WORDS[By.STAGE],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ticket that was counted: what for, when, by whom."""

    number: int
    subject: str
    state: str
    state_words: str
    at: datetime
    value: str
    is_counted: bool
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BehindPage:
    """The tickets behind a figure; `all_url` and `counted_url` where only some of them count."""

    name: str | Promise
    hint: str | Promise
    words: str
    number: int
    rows: tuple[Row, ...]
    back: str
    is_report: bool
    all_url: str
    counted_url: str
    is_counted_only: bool
    earlier: str
    later: str


def show(request: Request) -> HttpResponse:
    """Show what was counted."""
    name = request.GET.get("figure", Measure.OPENED.value)
    if name not in set(Measure):
        raise Http404
    measure = Measure(name)
    asked = asked_of(request)
    only = request.GET.get("counted") == "1"
    facts = reading.behind(asked.question, measure, actor=request.actor, flagged=only)
    pages = Paginator(reading.within(facts, hour=_hour(request)), PER_PAGE)
    here = pages.get_page(request.GET.get("page"))
    rows = list(here.object_list)
    is_share = READINGS[measure].shape is Shape.SHARE
    page = BehindPage(
        name=NAMES[measure],
        hint=HINTS[measure],
        words=" · ".join((asked.words, *asked.names.values())),
        number=pages.count,
        rows=tuple(_rows(request, rows, measure)),
        back=_back(asked),
        is_report=asked.is_report,
        all_url=_address(asked, measure) if is_share else "",
        counted_url=_address(asked, measure, counted=1) if is_share else "",
        is_counted_only=only and is_share,
        earlier=_page(asked, measure, here, by=1, only=only),
        later=_page(asked, measure, here, by=-1, only=only),
    )
    return render(request, "behind.html", {"page": page})


def _rows(request: Request, facts: list[FactRow], measure: Measure) -> list[Row]:
    members = sorted({fact.member for fact in facts if fact.member})
    names = names_of(By.OPERATOR, members, actor=request.actor)
    seen = Ticket.objects.visible_to(request.actor).filter(pk__in=[f.ticket_id for f in facts])
    tickets = {ticket.pk: ticket for ticket in seen}
    return [
        Row(
            number=fact.ticket_id,
            subject=tickets[fact.ticket_id].subject,
            state=tickets[fact.ticket_id].state,
            state_words=str(tickets[fact.ticket_id].get_state_display()),
            at=fact.at,
            value=_value(fact),
            is_counted=fact.flag and READINGS[measure].shape is Shape.SHARE,
            who=names.get(fact.member or 0, ""),
        )
        for fact in facts
        if fact.ticket_id in tickets
    ]


def _value(fact: FactRow) -> str:
    kind = FactKind(fact.kind)
    if kind in TIMES:
        return in_words(fact.value)
    if kind is FactKind.LABOUR:
        return worked(fact.value)
    if kind is FactKind.COST:
        return money_words(Money(Decimal(fact.value) / 100, fact.currency))
    if kind is FactKind.PROMISED:
        return str(GOALS.get(fact.value, ""))
    return f"{fact.value}/{HIGHEST_MARKS[kind]}" if kind in HIGHEST_MARKS else ""


def _back(asked: Asked) -> str:
    """The page that the figure stands on."""
    if asked.is_report:
        return f"{reverse('report')}?{asked.address(report=None)}"
    return f"{reverse('figures')}?{asked.address(by=None)}"


def _address(asked: Asked, measure: Measure, **change: object) -> str:
    query = asked.address(figure=measure.value, by=None, **change)
    return f"{reverse('figures-tickets')}?{query}"


def _page(asked: Asked, measure: Measure, here: Page[FactRow], *, by: int, only: bool) -> str:
    number = here.number + by
    if not 1 <= number <= here.paginator.num_pages:
        return ""
    return _address(asked, measure, counted=1 if only else None, page=number)


def _hour(request: Request) -> tuple[int, int] | None:
    """The weekday (Monday is 1) and hour that were asked for."""
    given = [request.GET.get(name, "") for name in ("weekday", "hour")]
    if not all(each.isascii() and each.isdecimal() and len(each) < 3 for each in given):
        return None
    return int(given[0]), int(given[1])
