"""Search over own requests and equipment, and the articles that one may read."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.portal.articles import Line, articles_for, found_for
from ambidesk.edge.web.portal.equipment import equipment_of
from ambidesk.edge.web.portal.rows import SAID, Row
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.texts import storable
from ambidesk.service.assets.models import Asset
from ambidesk.support.tickets.models import Ticket

SHOWN, ARTICLES = 20, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """What was found of each kind."""

    asked: str
    rows: tuple[Row, ...]
    assets: tuple[Asset, ...]
    articles: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.rows or self.assets or self.articles)


def show(request: Request) -> HttpResponse:
    """Search for `?q=`; nothing is asked, nothing is shown."""
    asked = storable(request.GET.get("q", "")).strip()[:100]
    page = FoundPage(
        asked=asked,
        rows=_requests(request, asked) if asked else (),
        assets=tuple(equipment_of(request, asked)[:SHOWN]) if asked else (),
        articles=found_for(articles_for(request), asked, limit=ARTICLES) if asked else (),
    )
    return render(request, "portal/search.html", {"page": page})


def _requests(request: Request, asked: str) -> tuple[Row, ...]:
    seen = Ticket.objects.visible_to(request.actor).filter(suspended=False)
    number = asked.lstrip("#")
    words = Q(subject__icontains=asked) | Q(preview__icontains=asked)
    words |= Q(site__name__icontains=asked)
    if number.isdecimal() and len(number) < 18:
        words |= Q(pk=int(number))
    found = seen.filter(words).latest_first().values_list(*SAID)
    return tuple(map(Row.of, found[:SHOWN]))
