"""The list behind a figure: the failures that were counted."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.assets.models import Asset, AssetModel, Repair

SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairsPage:
    """Failures, the latest first."""

    rows: tuple[Repair, ...]
    number: int
    model: AssetModel | None


def show(request: Request) -> HttpResponse:
    """Show the failures of a model, a site or a vendor."""
    assets = seen = Asset.objects.visible_to(request.actor)
    model = None
    for name, path in (("model", "model"), ("site", "site"), ("asset", "pk")):
        if (given := _number(request, name)) is not None:
            assets = assets.filter(**{path: given})
    if (given := _number(request, "model") or _number(request, "vendor")) is not None:
        known = AssetModel.objects.filter(pk__in=seen.order_by().values("model"))
        model = known.filter(pk=given).first()
    if _number(request, "vendor") is not None:
        assets = assets.filter(model__in=_of_vendor(model)) if model else assets.none()
    rows = Repair.objects.filter(asset__in=assets.order_by().values("pk"), is_failure=True)
    shown = rows.select_related("asset__model", "asset__site", "mode")[:SHOWN]
    page = RepairsPage(rows=tuple(shown), number=rows.count(), model=model)
    return render(request, "assets/repairs.html", {"page": page})


def _of_vendor(model: AssetModel) -> QuerySet[AssetModel]:
    """The vendor's models of the same class; a vendor is named by one of them."""
    return AssetModel.objects.filter(
        vendor__iexact=model.vendor, asset_class=model.asset_class_id
    ).order_by()


def _number(request: Request, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 18 else None
