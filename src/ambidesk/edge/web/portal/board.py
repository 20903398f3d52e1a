"""The board of a territory: sites with open requests, what is late or soon will be first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.tickets.models import Ticket, WaitingFor

SOON: Final = timedelta(hours=4)
SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A site, or what stands at none, with what is open there."""

    site: int | None
    name: str
    area: str
    open: int
    waiting: int
    late: int
    soon: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """All of them, and the sums."""

    spots: tuple[Spot, ...]
    open: int
    waiting: int
    late: int
    soon: int


def show(request: Request) -> HttpResponse:
    """Show what is open, site by site."""
    at = request.at
    seen = Ticket.objects.visible_to(request.actor).active().filter(suspended=False).order_by()
    rows = seen.values("site", "site__name", "site__territory__name").annotate(
        open=Count("pk"),
        waiting=Count("pk", filter=Q(waiting_for=WaitingFor.REQUESTER)),
        late=Count("pk", filter=Q(due_at__lte=at)),
        soon=Count("pk", filter=Q(due_at__gt=at, due_at__lte=at + SOON)),
        oldest_at=Min("opened_at"),
    )
    spots = tuple(
        Spot(
            site=row["site"],
            name=row["site__name"] or "",
            area=row["site__territory__name"] or "",
            open=row["open"],
            waiting=row["waiting"],
            late=row["late"],
            soon=row["soon"],
            oldest_at=row["oldest_at"],
        )
        for row in rows.order_by("-late", "-soon", "-open", "site__name")
    )
    page = BoardPage(
        spots=spots[:SHOWN],
        open=sum(each.open for each in spots),
        waiting=sum(each.waiting for each in spots),
        late=sum(each.late for each in spots),
        soon=sum(each.soon for each in spots),
    )
    return render(request, "portal/board.html", {"page": page})
