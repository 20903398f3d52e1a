"""Search over everything that the actor sees: grouped, marked, narrowed by words of filters."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.ui.icons import FOUND
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.search.document import sorts
from ambidesk.ground.search.filters import Filter, filters
from ambidesk.ground.search.finding import Group, Hit, Results, find

FEW, MANY = 5, 25
LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One hit as it is shown, and where it leads."""

    hit: Hit
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What was found of one sort."""

    group: Group
    icon: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The question, what was found, and what narrows it."""

    q: str
    sort: str
    results: Results
    sections: tuple[Section, ...]
    filters: tuple[Filter, ...]

    @property
    def is_asked(self) -> bool:
        """Something was typed."""
        return bool(self.q.strip())


def show(request: Request) -> HttpResponse:
    """Show what was found; `sort` and `after` ask for more of one sort."""
    typed = request.GET.get("q", "")[:LONGEST]
    known = {each.name for each in sorts()}
    asked = request.GET.get("sort", "")
    sort = asked if asked in known else ""
    results = find(
        typed,
        actor=request.actor,
        at=request.at,
        sort=sort or None,
        after=request.GET.get("after") or None,
        limit=MANY if sort else FEW,
    )
    page = SearchPage(
        q=typed,
        sort=sort,
        results=results,
        sections=tuple(_sections(results)),
        filters=filters(),
    )
    part = request.headers.get("HX-Target") == "found"
    template = "finding/search.html#found" if part else "finding/search.html"
    return render(request, template, {"page": page})


def _sections(results: Results) -> Iterator[Section]:
    for group in results.groups:
        lines = tuple(Line(hit=hit, url=_url(hit)) for hit in group.hits)
        yield Section(group=group, icon=FOUND.get(group.sort, "search"), lines=lines)


def _url(hit: Hit) -> str:
    if hit.sort == "person":
        return reverse("person", args=[hit.id])
    ticket = reverse("ticket", args=[hit.whole])
    match hit.sort:
        case "message":
            return f"{ticket}?message={hit.id}#message-{hit.id}"
        case "note":
            return f"{ticket}#note-{hit.id}"
        case _:
            return ticket
