"""My equipment: what stands at the sites of an authority, its papers, articles, requests."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from ambidesk.across.context.foreseen import foresee
from ambidesk.edge.web.portal.articles import Line, about_asset
from ambidesk.edge.web.portal.cutting import Cut, Place, sites_seen
from ambidesk.edge.web.portal.rows import SAID, Row
from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.photographing import asset_of_photo
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import storable
from ambidesk.parties.authority.deciding import mandates_of, place_of
from ambidesk.parties.authority.rules.power import Topic, told
from ambidesk.service.assets.labelling import asset_by_code
from ambidesk.service.assets.models import Asset, AssetQuerySet, Document
from ambidesk.support.conversations.models import ChannelKind
from ambidesk.support.tickets.models import Ticket

SHOWN, REQUESTS = 100, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What stands where."""

    rows: tuple[Asset, ...]
    has_more: bool
    asked: str
    sites: tuple[Place, ...]
    site: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """One thing with its papers, articles and requests."""

    asset: Asset
    warranty: str
    coverage: str
    promise: str
    documents: tuple[Document, ...]
    articles: tuple[Line, ...]
    rows: tuple[Row, ...]


def show(request: Request) -> HttpResponse:
    """List it; `?q=` and `?site=` cut it."""
    cut = Cut.of(request.GET)
    found = equipment_of(request, cut.asked)
    found = found.filter(site=cut.site) if cut.site else found
    rows = list(found[: SHOWN + 1])
    page = ListPage(
        rows=tuple(rows[:SHOWN]),
        has_more=len(rows) > SHOWN,
        asked=cut.asked,
        sites=sites_seen(request.actor),
        site=cut.site,
    )
    return render(request, "portal/equipment.html", {"page": page})


def one(request: Request, asset: int) -> HttpResponse:
    """Show one thing."""
    row = asset_for(request, asset)
    seen = Ticket.objects.visible_to(request.actor).filter(asset=row, suspended=False)
    papers = Document.objects.visible_to(request.actor).filter(Q(asset=row) | Q(model=row.model))
    foreseen = foresee(row, channel=ChannelKind.PORTAL, on=day_of(request.at))
    place = place_of(company_id=row.company_id, site_id=row.site_id)
    # What is agreed is for those who may be told; by when we come is for everybody.
    is_told = Topic.CONTRACT in told(mandates_of(request.actor), place, at=request.at)
    page = OnePage(
        asset=row,
        warranty=str(row.warranty(day_of(request.at)).label),
        coverage=foreseen.coverage if is_told else "",
        promise=foreseen.promise,
        documents=tuple(papers.select_related("blob")),
        articles=about_asset(request, row),
        rows=tuple(map(Row.of, seen.latest_first().values_list(*SAID)[:REQUESTS])),
    )
    return render(request, "portal/asset.html", {"page": page})


def labelled(request: Request) -> HttpResponse:
    """Go to what a scanned label or a typed number names, else search for it."""
    typed = storable(request.GET.get("code", "")).strip()[:500]
    found = asset_by_code(typed, among=Asset.objects.visible_to(request.actor)) if typed else None
    if found is not None:
        return back_to("portal-asset", found.pk)
    return _scan(request, typed=typed)


def photographed(request: Request) -> HttpResponse:
    """Go to the thing whose label is on a photo."""
    try:
        found = asset_of_photo(request, among=Asset.objects.visible_to(request.actor))
    except InvalidInput as refused:
        return _scan(request, wrong=str(refused), status=422)
    return back_to("portal-asset", found.pk)


def _scan(request: Request, *, typed: str = "", wrong: str = "", status: int = 200) -> HttpResponse:
    page = {"typed": typed, "is_asked": bool(typed), "wrong": wrong}
    answer = render(request, "portal/scan.html", {"page": page}, status=status)
    answer["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return answer


def document(request: Request, key: str) -> HttpResponseBase:
    """Serve a paper to whoever sees the thing."""
    if key != storable(key):
        raise Http404
    row = Document.objects.visible_to(request.actor).select_related("blob").filter(key=key).first()
    if row is None:
        raise Http404
    return handed_out(row.blob, row.name, inline=False, origins="same-origin")


def asset_for(request: Request, number: int) -> Asset:
    """
    Fetch a thing that the contact sees.

    Raises:
        Http404: there is none, for them.
    """
    rows = Asset.objects.visible_to(request.actor).select_related(
        "model", "site__territory", "company"
    )
    row = rows.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def equipment_of(request: Request, asked: str) -> AssetQuerySet:
    """What the contact sees, cut to words of its number, name or place."""
    rows = Asset.objects.visible_to(request.actor).in_service().select_related("model", "site")
    if asked:
        rows = rows.filter(
            Q(serial__icontains=asked)
            | Q(model__name__icontains=asked)
            | Q(model__vendor__icontains=asked)
            | Q(place__icontains=asked)
        )
    return rows.order_by("site__name", "model__vendor", "model__name", "pk")
