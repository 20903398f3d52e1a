"""The life of equipment: its moves, readings and repairs."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import named_if, one
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.equipment import ASSET, KEEP, SEE, assets_of
from ambidesk.parties.companies.models import Site
from ambidesk.service.assets.models import FailureCode, Move, Reading, Repair
from ambidesk.service.assets.moving import move
from ambidesk.service.assets.reading import Shown, take_reading
from ambidesk.service.assets.repairing import Done, record_repair

NOUN = "Equipment"
Value = Annotated[Decimal, Field(max_digits=16, decimal_places=3)]


class NewMove(Input):
    """Where it goes, and when."""

    site_id: Id | None = None
    place: str = Field("", max_length=200)
    moved_on: date


class MoveOut(Output):
    """From where to where it went."""

    id: int
    from_site_id: int | None
    from_place: str
    to_site_id: int | None
    to_place: str
    moved_on: date


class NewReading(Input):
    """What a meter showed; the same `key`, made by the caller, is the same reading."""

    meter: str = Field(min_length=1, max_length=80)
    value: Value
    read_at: Instant
    key: UUID
    unit: str = Field("", max_length=20)


class ReadingOut(Output):
    """What a meter showed."""

    id: int
    meter: str
    unit: str
    value: Decimal
    read_at: Instant


class NewRepair(Input):
    """Work on it; the same `key`, made by the caller, is the same work. Codes are ids."""

    key: UUID
    failed_at: Instant
    is_failure: bool = True
    repaired_at: Instant | None = None
    mode_id: Id | None = None
    cause_id: Id | None = None
    remedy_id: Id | None = None
    note: str = Field("", max_length=1000)


class RepairOut(Output):
    """Work on it, and what it cost."""

    id: int
    is_failure: bool
    failed_at: Instant
    repaired_at: Instant | None
    mode_id: int | None
    cause_id: int | None
    remedy_id: int | None
    note: str
    cost: Decimal
    currency: str


class CodeOut(Output):
    """A failure code as in ISO 14224; without a class it is for all equipment."""

    id: int
    kind: str = Field(description="mode, cause or remedy")
    code: str
    name: str
    class_id: int | None


@operation("GET", f"{ASSET}/moves", right=SEE, name="listMoves", gives=Page[MoveOut])
def show_moves(request: Call, asset_id: Key, asked: Query[Paging]) -> dict[str, Any]:
    """List where a piece of equipment stood"""
    rows = Move.objects.filter(asset=one(assets_of(request), asset_id))
    of = f"moves:{asset_id}"
    return page_of(rows, of=of, after=asked.after, limit=asked.limit, show=_move)


@operation("POST", f"{ASSET}/moves", right=KEEP, name="moveAsset", gives=MoveOut, status=201)
def put(request: Call, asset_id: Key, body: NewMove) -> dict[str, Any]:
    """Put a piece of equipment somewhere else"""
    row = one(assets_of(request), asset_id)
    sites = Site.objects.visible_to(request.actor)
    site = named_if(sites, body.site_id, field="site_id")
    made = move(
        row,
        site=site,
        place=body.place,
        moved_on=body.moved_on,
        by=request.actor,
        at=request.at,
    )
    return _move(made)


@operation("GET", f"{ASSET}/readings", right=SEE, name="listReadings", gives=Page[ReadingOut])
def show_readings(request: Call, asset_id: Key, asked: Query[Paging]) -> dict[str, Any]:
    """List what the meters of a piece of equipment showed"""
    asset = one(assets_of(request), asset_id)
    rows = Reading.objects.filter(meter__asset=asset).select_related("meter")
    of = f"readings:{asset_id}"
    return page_of(rows, of=of, after=asked.after, limit=asked.limit, show=_reading)


@operation(
    "POST", f"{ASSET}/readings", right=KEEP, name="takeReading", gives=ReadingOut, status=201
)
def take(request: Call, asset_id: Key, body: NewReading) -> dict[str, Any]:
    """Tell what a meter showed"""
    row = one(assets_of(request), asset_id)
    made = take_reading(row, Shown(**body.model_dump()), by=request.actor, at=request.at)
    return _reading(made)


@operation("GET", f"{ASSET}/repairs", right=SEE, name="listRepairs", gives=Page[RepairOut])
def show_repairs(request: Call, asset_id: Key, asked: Query[Paging]) -> dict[str, Any]:
    """List work on a piece of equipment"""
    rows = Repair.objects.filter(asset=one(assets_of(request), asset_id))
    of = f"repairs:{asset_id}"
    return page_of(rows, of=of, after=asked.after, limit=asked.limit, show=_repair)


@operation("POST", f"{ASSET}/repairs", right=KEEP, name="recordRepair", gives=RepairOut, status=201)
def repair(request: Call, asset_id: Key, body: NewRepair) -> dict[str, Any]:
    """Tell of work on a piece of equipment"""
    row = one(assets_of(request), asset_id)
    done = Done(
        **body.model_dump(exclude={"mode_id", "cause_id", "remedy_id"}),
        mode=_code(body.mode_id, "mode"),
        cause=_code(body.cause_id, "cause"),
        remedy=_code(body.remedy_id, "remedy"),
    )
    made = record_repair(row, done, by=request.actor, at=request.at)
    return _repair(made)


@operation("GET", "failure-codes", right=SEE, name="listFailureCodes", gives=Page[CodeOut])
def show_codes(request: Call, asked: Query[Paging]) -> dict[str, Any]:
    """List failure codes in use"""
    del request
    rows = FailureCode.objects.filter(archived_at=None)
    return page_of(rows, of="failure-codes", after=asked.after, limit=asked.limit, show=_shown)


def _code(pk: int | None, kind: str) -> FailureCode | None:
    rows = FailureCode.objects.filter(archived_at=None, kind=kind)
    return named_if(rows, pk, field=f"{kind}_id")


def _shown(row: FailureCode) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "code": row.code,
        "name": row.name,
        "class_id": row.asset_class_id,
    }


def _move(row: Move) -> dict[str, Any]:
    return {name: getattr(row, name) for name in MoveOut.model_fields}


def _reading(row: Reading) -> dict[str, Any]:
    return {
        "id": row.pk,
        "meter": row.meter.name,
        "unit": row.meter.unit,
        "value": row.value,
        "read_at": row.at,
    }


def _repair(row: Repair) -> dict[str, Any]:
    return {name: getattr(row, name) for name in RepairOut.model_fields}
