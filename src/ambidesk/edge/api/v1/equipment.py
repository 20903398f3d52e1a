"""Equipment: classes, models, and what stands where, in service or out of it."""

from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import named, named_if, one
from ambidesk.edge.api.schemas import Id, Input, Key, Output, Page, Paging
from ambidesk.edge.api.v1.companies import OfCompany, of_company, owner
from ambidesk.ground.kernel.days import day_of
from ambidesk.parties.companies.models import Site
from ambidesk.service.assets import registering
from ambidesk.service.assets.models import Asset, AssetModel, Criticality
from ambidesk.service.assets.rights import AssetRight

NOUN = "Equipment"
SEE, KEEP = AssetRight.SEE, AssetRight.KEEP
ASSET = "assets/{int:asset_id}"
CRITICALITY = {each.name.lower(): each for each in Criticality}
CriticalityName = Literal["low", "normal", "high", "critical"]


class AssetFilter(OfCompany):
    """Which equipment."""

    site_id: Key | None = None
    model_id: Key | None = None
    serial: str = Field("", max_length=80, description="The whole number, whatever its case")
    in_service: bool | None = None


class NewAsset(Input):
    """One thing that is looked after; `known_since` is today where it is left out."""

    company_id: Id
    model_id: Id
    serial: str = Field(min_length=1, max_length=80)
    site_id: Id | None = None
    parent_id: Id | None = None
    place: str = Field("", max_length=200)
    note: str = Field("", max_length=1000)
    criticality: CriticalityName = "normal"
    installed_on: date | None = None
    warranty_until: date | None = None
    known_since: date | None = Field(None, description="Only when it is registered")


class AssetOut(Output):
    """One thing that is looked after; its custom fields are by their ids."""

    id: int
    company_id: int
    model_id: int
    serial: str
    site_id: int | None
    parent_id: int | None
    place: str
    note: str
    criticality: CriticalityName
    installed_on: date | None
    warranty_until: date | None
    known_since: date
    retired_on: date | None
    custom: dict[str, Any]


class ModelOut(Output):
    """A model of equipment, and whether it is still sold and covered."""

    id: int
    class_id: int
    class_name: str
    vendor: str
    name: str
    may_be_sold: bool
    may_be_covered: bool
    is_archived: bool


class Retiring(Input):
    """From which day on it is out of service."""

    on: date


@operation("GET", "asset-models", right=SEE, name="listAssetModels", gives=Page[ModelOut])
def show_models(request: Call, asked: Query[Paging]) -> dict[str, Any]:
    """List models of equipment"""
    del request
    rows = AssetModel.objects.select_related("asset_class")
    return page_of(rows, of="asset-models", after=asked.after, limit=asked.limit, show=_model)


def assets_of(request: Call) -> QuerySet[Asset]:
    """The equipment that a key reaches."""
    return Asset.objects.visible_to(request.actor)


def _cut(_request: Call, rows: QuerySet[Asset], asked: AssetFilter) -> QuerySet[Asset]:
    same = {"site": asked.site_id, "model": asked.model_id}
    rows = of_company(rows, asked).filter(**{key: pk for key, pk in same.items() if pk})
    if asked.serial:
        rows = rows.filter(serial__iexact=asked.serial)
    if asked.in_service is not None:
        rows = rows.filter(retired_on__isnull=asked.in_service)
    return rows


def _save(request: Call, row: Asset | None, body: NewAsset) -> Asset:
    company = owner(request, row, body.company_id)
    seen, sites = assets_of(request), Site.objects.visible_to(request.actor).filter(company=company)
    models = AssetModel.objects.filter(archived_at=None)
    wanted = registering.Wanted(
        model=named(models, body.model_id, field="model_id"),
        serial=body.serial,
        site=named_if(sites, body.site_id, field="site_id"),
        parent=named_if(seen, body.parent_id, field="parent_id"),
        place=body.place,
        note=body.note,
        criticality=CRITICALITY[body.criticality],
        installed_on=body.installed_on,
        warranty_until=body.warranty_until,
        custom=row.custom if row else {},
    )
    if row:
        return registering.describe(row, wanted, by=request.actor, at=request.at)
    since = body.known_since or day_of(request.at)
    return registering.register(company, wanted, known_since=since, by=request.actor, at=request.at)


declare(
    Noun(
        chapter=NOUN,
        path="assets",
        name="Asset",
        singular="a piece of equipment",
        plural="equipment",
        sees=SEE,
        changes=KEEP,
        gives=AssetOut,
        takes=NewAsset,
        rows=assets_of,
        shown=lambda _request, row: _asset(row),
        save=_save,
        shared=lambda _row: False,
        asks=AssetFilter,
        cut=_cut,
    )
)


@operation("PUT", f"{ASSET}/retirement", right=KEEP, name="retireAsset", gives=AssetOut)
def retire(request: Call, asset_id: Key, body: Retiring) -> dict[str, Any]:
    """Take a piece of equipment out of service"""
    row = one(assets_of(request), asset_id)
    return _asset(registering.retire(row, on=body.on, by=request.actor, at=request.at))


@operation("DELETE", f"{ASSET}/retirement", right=KEEP, name="restoreAsset", gives=AssetOut)
def restore(request: Call, asset_id: Key) -> dict[str, Any]:
    """Take a piece of equipment into service again"""
    row = one(assets_of(request), asset_id)
    return _asset(registering.restore(row, by=request.actor, at=request.at))


def _asset(row: Asset) -> dict[str, Any]:
    known = {name: getattr(row, name) for name in AssetOut.model_fields}
    return {**known, "criticality": Criticality(row.criticality).name.lower()}


def _model(row: AssetModel) -> dict[str, Any]:
    return {
        "id": row.pk,
        "class_id": row.asset_class_id,
        "class_name": row.asset_class.name,
        "vendor": row.vendor,
        "name": row.name,
        "may_be_sold": row.may_be_sold,
        "may_be_covered": row.may_be_covered,
        "is_archived": row.archived_at is not None,
    }
