"""The map: sites as points; without tiles they lie on a plain ground."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.policy import STRICT
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies.company import visible_company
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Site
from ambidesk.support.tickets.models import Ticket

MOST = 20_000
HOST = re.compile(r"[a-z0-9.-]+(:\d{1,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """What the map shows, as a list too: the first sites, for whoever sees no map."""

    company: Company | None
    sites: tuple[Site, ...]
    placed: int
    seed: dict[str, object]


def show(request: Request, company: int = 0) -> HttpResponse:
    """Show the sites of a company, or of all."""
    row = visible_company(request.actor, company) if company else None
    placed = _placed(request.actor, row)
    points = reverse("company-points", args=[row.pk]) if row else reverse("companies-points")
    asked = request.GET.get("site", "")
    seed: dict[str, object] = {
        "points": points,
        "tiles": settings.MAP_TILES,
        "credit": settings.MAP_CREDIT,
        "chosen": int(asked) if asked.isdecimal() and len(asked) < 18 else 0,
        "words": {"open": _("open tickets"), "in": _("Zoom in"), "out": _("Zoom out")},
    }
    page = MapPage(
        company=row, sites=tuple(placed.order_by("name")[:100]), placed=placed.count(), seed=seed
    )
    answer = render(request, "companies/map.html", {"page": page})
    answer.headers["Content-Security-Policy"] = _policy()
    return answer


def points(request: Request, company: int = 0) -> HttpResponse:
    """Give the points: id, longitude, latitude, name, number of open tickets."""
    row = visible_company(request.actor, company) if company else None
    sites = _placed(request.actor, row).order_by("pk")[:MOST]
    busy = Ticket.objects.visible_to(request.actor).active().filter(site__isnull=False)
    if row:
        busy = busy.filter(company=row)
    counts = dict(busy.order_by().values_list("site").annotate(Count("pk")))
    rows = sites.values_list("pk", "longitude", "latitude", "name")
    told = [
        [pk, float(x), float(y), name, counts.get(pk, 0)]
        for pk, x, y, name in rows
        if x is not None and y is not None
    ]
    return JsonResponse({"points": told})


def _placed(actor: Actor, company: Company | None) -> QuerySet[Site]:
    rows = Site.objects.visible_to(actor).served().filter(~Q(latitude=None))
    return rows.filter(company=company) if company else rows


def _policy() -> str:
    """Let tiles come from where they are, and nothing from anywhere else."""
    parts = urlsplit(settings.MAP_TILES)
    if parts.scheme not in {"https", "http"} or not HOST.fullmatch(parts.netloc):
        return STRICT
    origin = f"{parts.scheme}://{parts.netloc}"
    policy = STRICT.replace("img-src 'self'", f"img-src 'self' {origin}")
    return policy.replace("connect-src 'self'", f"connect-src 'self' {origin}")
