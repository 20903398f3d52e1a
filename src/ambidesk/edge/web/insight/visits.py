"""Visits to the help: how many read and did not write within a day, and each of them in a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.across.insight.questions import Question
from ambidesk.across.insight.reading import instants_of
from ambidesk.edge.web.insight.asking import Asked, asked_of
from ambidesk.edge.web.ui.durations import in_words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.deflecting import Opened, opened_in, visits_of
from ambidesk.support.knowledge.models import Door, Translation
from ambidesk.support.knowledge.rules.visits import Visit
from ambidesk.support.tickets.reach import served_brands

PER_PAGE = 50
# Every visit is looked at: of more days than this nobody waits for it.
LONGEST_DAYS = 92
HINT = _("Opened articles of the help; who did not write within 24 hours by the same browser")
KINDS: Mapping[str, str | Promise] = {
    "all": _("All visits"),
    "spared": _("Did not write"),
    "asked": _("Wrote anyway"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One visit: when it began, what was read, by which way, and after how long somebody wrote."""

    at: datetime
    titles: tuple[str, ...]
    door: str
    wrote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsPage:
    """Visits of a period; nobody is named."""

    name: str | Promise
    hint: str | Promise
    words: str
    number: int
    rows: tuple[Row, ...]
    tabs: tuple[tuple[str, str | Promise, bool], ...]
    back: str
    earlier: str
    later: str


def show(request: Request) -> HttpResponse:
    """Show the visits that were counted, the latest first."""
    asked = asked_of(request)
    kind = request.GET.get("visits", "all")
    kind = kind if kind in KINDS else "all"
    found = chosen(visits_asked(asked.question, actor=request.actor, at=request.at), kind)
    pages = Paginator(found[::-1], PER_PAGE)
    here = pages.get_page(request.GET.get("page"))
    page = VisitsPage(
        name=KINDS[kind],
        hint=HINT,
        words=asked.words,
        number=len(found),
        rows=_rows(list(here.object_list)),
        tabs=tuple((address(asked, kind=each), name, each == kind) for each, name in KINDS.items()),
        back=f"{reverse('figures')}?{asked.address(by=None)}",
        earlier=address(asked, kind=kind, page=here.next_page_number()) if here.has_next() else "",
        later=address(asked, kind=kind, page=here.previous_page_number())
        if here.has_previous()
        else "",
    )
    return render(request, "visits.html", {"page": page})


def visits_asked(question: Question, *, actor: Actor, at: datetime) -> list[Visit]:
    """
    Give the visits of the days asked for, of brands that the actor sees.

    None where teams, operators, channels or tickets are asked for: who reads has none of them yet.
    """
    others = (question.team, question.channel, question.operator, question.tickets)
    if any(each is not None for each in others) or question.days > LONGEST_DAYS:
        return []
    sees_all = actor.is_trusted or actor.may(ReachRight.SEE_EVERYTHING)
    brands = Brand.objects.all() if sees_all else Brand.objects.filter(pk__in=served_brands(actor))
    if question.brand is not None:
        brands = brands.filter(pk=question.brand)
    since, until = instants_of(question)
    keys = list(brands.values_list("pk", flat=True))
    return visits_of(keys, since=since, until=until, at=at)


def chosen(visits: Sequence[Visit], kind: str) -> Sequence[Visit]:
    """Give all visits, those that did not ask, or those that did."""
    return [visit for visit in visits if kind == "all" or visit.asked == (kind == "asked")]


def address(asked: Asked, *, kind: str, page: int | None = None) -> str:
    """Say where the list of a kind of visits is."""
    return f"{reverse('figures-visits')}?{asked.address(by=None, visits=kind, page=page)}"


def _rows(visits: Sequence[Visit]) -> tuple[Row, ...]:
    read = opened_in(visits)
    keys = {(each.article, each.language) for opened in read.values() for each in opened}
    rows = Translation.objects.filter(article__in={article for article, _language in keys})
    facts = rows.values_list("article", "language", "title")
    titles = {(article, language): title for article, language, title in facts}
    return tuple(
        _row(visit, read.get((visit.reader, visit.began_at), ()), titles) for visit in visits
    )


def _row(visit: Visit, opened: Sequence[Opened], titles: Mapping[tuple[int, str], str]) -> Row:
    names = (titles.get((each.article, each.language), f"#{each.article}") for each in opened)
    after = (visit.asked_at - visit.began_at).total_seconds() if visit.asked_at else None
    return Row(
        at=visit.began_at,
        titles=tuple(dict.fromkeys(names)),
        door=str(Door(opened[0].door).label) if opened else "",
        wrote="" if after is None else in_words(after),
    )
