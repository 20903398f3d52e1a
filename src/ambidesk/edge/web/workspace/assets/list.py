"""The list of equipment: filtered, in pages by key, never counted whole."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.photographing import asset_of_photo
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company
from ambidesk.service.assets.models import Asset, AssetClass, AssetQuerySet, Warranty
from ambidesk.service.assets.rights import AssetRight

PAGE = 50
# What a page asks for besides its filters.
FILTERS = ("q", "company", "kind", "model", "site", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One asset of the list."""

    asset: Asset
    warranty: Warranty


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetsPage:
    """A page of assets, the filters it is cut by, and where the next one begins."""

    rows: tuple[Row, ...]
    asked: dict[str, str]
    companies: tuple[Company, ...]
    kinds: tuple[AssetClass, ...]
    following: str
    labels: str
    can_keep: bool
    wrong: str = ""


def show(request: Request) -> HttpResponse:
    """Show the list."""
    return render(request, "assets/list.html", {"page": _page(request)})


def photographed(request: Request) -> HttpResponse:
    """Go to the asset whose label is on a photo."""
    try:
        found = asset_of_photo(request, among=Asset.objects.visible_to(request.actor))
    except InvalidInput as refused:
        page = _page(request, wrong=str(refused))
        return render(request, "assets/list.html", {"page": page}, status=422)
    return back_to("asset", found.pk)


def _page(request: Request, *, wrong: str = "") -> AssetsPage:
    asked = {name: one_line(request.GET.get(name, ""), 80) for name in FILTERS}
    rows = filtered(request.actor, asked, today=day_of(request.at))
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.select_related("model", "company", "site").latest_first()[: PAGE + 1])
    return AssetsPage(
        rows=tuple(Row(asset=a, warranty=a.warranty(day_of(request.at))) for a in found[:PAGE]),
        asked=asked,
        companies=tuple(Company.objects.visible_to(request.actor).served()[:500]),
        kinds=tuple(AssetClass.objects.filter(archived_at=None)),
        following=_following(asked, found),
        labels=urlencode({name: value for name, value in asked.items() if value}),
        can_keep=request.actor.may(AssetRight.KEEP),
        wrong=wrong,
    )


def filtered(actor: Actor, asked: dict[str, str], *, today: date) -> AssetQuerySet:
    """Give the assets that somebody sees and asked for."""
    rows = Asset.objects.visible_to(actor)
    rows = rows.exclude(retired_on=None) if asked["state"] == "retired" else rows.in_service()
    for name, path in (("company", "company"), ("model", "model"), ("site", "site")):
        if asked[name].isdecimal():
            rows = rows.filter(**{path: int(asked[name][:17])})
    if asked["kind"].isdecimal():
        rows = rows.filter(model__asset_class=int(asked["kind"][:17]))
    if asked["state"] == "warranty":
        rows = rows.filter(warranty_until__gte=today)
    if asked["state"] == "over":
        rows = rows.filter(warranty_until__lt=today)
    if asked["state"] == "critical":
        rows = rows.filter(criticality__gte=3)
    return found_by(rows, asked["q"])


def found_by(rows: AssetQuerySet, words: str) -> AssetQuerySet:
    """Cut assets to those of a serial number, or whose model or place says the words."""
    if not words:
        return rows
    named = Q(model__name__icontains=words) | Q(model__vendor__icontains=words)
    place = Q(place__icontains=words) | Q(site__name__icontains=words)
    return rows.filter(Q(serial__istartswith=words) | named | place)


def _following(asked: dict[str, str], found: list[Asset]) -> str:
    if len(found) <= PAGE:
        return ""
    kept = {name: value for name, value in asked.items() if value}
    return urlencode({**kept, "after": found[PAGE - 1].pk})
