"""Equipment from a file: known again by vendor, model and serial number; new models are made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower

from ambidesk.across.importing.clients import refusals
from ambidesk.across.importing.clients.cells import Row, day
from ambidesk.across.importing.clients.own import Fields, told_by
from ambidesk.across.importing.clients.plan import Plan, parts
from ambidesk.across.importing.clients.sites import companies_named, company_of
from ambidesk.across.importing.loading import Progress
from ambidesk.ground.fields.filling import merged
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Site
from ambidesk.service.assets.arranging import arrange_class, arrange_model
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel, Criticality
from ambidesk.service.assets.moving import move
from ambidesk.service.assets.registering import Wanted, describe, register_many

Key = tuple[str, str, str]
CRITICALITIES = {
    "1": Criticality.LOW,
    "2": Criticality.NORMAL,
    "3": Criticality.HIGH,
    "4": Criticality.CRITICAL,
    "low": Criticality.LOW,
    "normal": Criticality.NORMAL,
    "high": Criticality.HIGH,
    "critical": Criticality.CRITICAL,
    "низкая": Criticality.LOW,
    "обычная": Criticality.NORMAL,
    "высокая": Criticality.HIGH,
    "критическая": Criticality.CRITICAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetLine:
    """One piece of equipment as a row tells it."""

    company: Company
    site: Site | None
    kind: str
    vendor: str
    model: str
    serial: str
    place: str
    note: str
    criticality: Criticality
    installed_on: date | None
    warranty_until: date | None
    told: frozenset[str]
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """By what it is known again."""
        return self.vendor.lower(), self.model.lower(), self.serial.lower()


Assets = Plan[AssetLine, tuple[Asset, AssetLine]]


def plan_assets(rows: Iterable[Row], own: Fields | None = None) -> Assets:
    """Compare a file with what is here; nothing is written."""
    rows = list(rows)
    companies = companies_named(row.cells.get("company", "") for row in rows)
    sites = _sites(companies.values())
    plan, lines, seen = Assets(), [], dict[Key, int]()
    for row in rows:
        line = _read(row, companies, sites)
        if line and line.key in seen:
            row.wrong("serial", refusals.Twice(line=seen[line.key]))
        elif line:
            seen[line.key] = row.line
            lines.append((row, line))
    there = _there(line for _row, line in lines)
    kinds = _kinds() if own and own.specs else {}
    for row, line in lines:
        asset = there.get(line.key)
        line = _completed(line, asset) if asset else line  # noqa: PLW2901
        kind, before = kinds.get(line.key[:2], line.kind), asset.custom if asset else {}
        told = told_by(row, own or Fields(), before=before, kind=kind, is_new=asset is None)
        _sort(plan, row, replace(line, own=told), asset=asset)
    plan.take(rows)
    return plan


def load_assets(plan: Assets, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Write what the plan says, at most 500 rows a transaction."""
    done, whole = 0, len(plan.new) + len(plan.changed)
    for fresh in parts(plan.new):
        with transaction.atomic():
            models = _models(fresh, by=by, at=at)
            pairs = [(line.company, _wanted(line, models[line.key[:2]])) for line in fresh]
            register_many(pairs, known_since=day_of(at), by=by, at=at)
        done += len(fresh)
        progress(done, whole)
    for changed in parts(plan.changed):
        with transaction.atomic():
            for asset, line in changed:
                describe(asset, _wanted(line, asset.model, before=asset), by=by, at=at)
                if (asset.site_id, asset.place) != (line.site and line.site.pk, line.place):
                    place, day = line.place, day_of(at)
                    move(asset, site=line.site, place=place, moved_on=day, by=by, at=at)
        done += len(changed)
        progress(done, whole)


def _sort(plan: Assets, row: Row, line: AssetLine, *, asset: Asset | None) -> None:
    if asset is not None and asset.company_id != line.company.pk:
        row.wrong("serial", refusals.AssetOfAnother(value=line.serial[:80]))
    elif row.problems:
        return
    elif asset is None:
        plan.new.append(line)
    elif _is_same(asset, line):
        plan.unchanged += 1
    else:
        plan.changed.append((asset, line))


def criticality(value: str) -> Criticality:
    """
    Read how much depends on it.

    Raises:
        NotACriticality: it is none.
    """
    if value.lower() not in CRITICALITIES:
        raise refusals.NotACriticality(value=value[:40])
    return CRITICALITIES[value.lower()]


def _read(
    row: Row, companies: dict[str, Company], sites: dict[tuple[int, str], Site]
) -> AssetLine | None:
    company = company_of(row, companies)
    named = row.text("site", 200)
    site = sites.get((company.pk, named.lower())) if company and named else None
    if company and named and site is None:
        row.wrong("site", refusals.NoSuchSite(value=named[:80]))
    kind, vendor = row.text("class", 80, needed=True), row.text("vendor", 120, needed=True)
    model, serial = row.text("model", 120, needed=True), row.text("serial", 80, needed=True)
    place, note = row.text("place", 200), row.text("note", 1000)
    weight = row.read("criticality", criticality, otherwise=Criticality.NORMAL)
    installed = row.read("installed", day, otherwise=None)
    warranty = row.read("warranty", day, otherwise=None)
    if company is None or row.problems:
        return None
    return AssetLine(
        company=company,
        site=site,
        kind=" ".join(kind.split()),
        vendor=" ".join(vendor.split()),
        model=" ".join(model.split()),
        serial=" ".join(serial.split()),
        place=place,
        note=note,
        criticality=weight,
        installed_on=installed,
        warranty_until=warranty,
        told=frozenset(row.cells),
    )


def _sites(companies: Iterable[Company]) -> dict[tuple[int, str], Site]:
    """Know sites by their name, and first by their code."""
    rows = list(Site.objects.filter(company__in=list(companies), archived_at=None))
    named = {(row.company_id, row.name.lower()): row for row in rows}
    return named | {(row.company_id, row.code.lower()): row for row in rows if row.code}


def _there(lines: Iterable[AssetLine]) -> dict[Key, Asset]:
    wanted = {line.key[:2] for line in lines}
    rows = Asset.objects.annotate(made_by=Lower("model__vendor"))
    rows = rows.filter(made_by__in={vendor for vendor, _name in wanted})
    found = {}
    for row in rows.select_related("model", "site", "parent").iterator():
        found[row.model.vendor.lower(), row.model.name.lower(), row.serial.lower()] = row
    return found


def _completed(line: AssetLine, asset: Asset) -> AssetLine:
    """Leave what the file has no column for as it is."""
    own = {
        "site": ("site", asset.site),
        "place": ("place", asset.place),
        "note": ("note", asset.note),
        "criticality": ("criticality", Criticality(asset.criticality)),
        "installed": ("installed_on", asset.installed_on),
        "warranty": ("warranty_until", asset.warranty_until),
    }
    kept = dict(pair for column, pair in own.items() if column not in line.told)
    return replace(line, **kept)  # type: ignore[arg-type]


def _is_same(asset: Asset, line: AssetLine) -> bool:
    site = line.site.pk if line.site else None
    here = (asset.site_id, asset.place, asset.note, asset.criticality)
    days = (asset.installed_on, asset.warranty_until)
    told = (site, line.place, line.note, line.criticality)
    same = here == told and days == (line.installed_on, line.warranty_until)
    return same and not line.own


def _kinds() -> dict[tuple[str, str], str]:
    """The class of each model that is here, whatever a row calls it."""
    rows = AssetModel.objects.values_list("vendor", "name", "asset_class__name")
    return {(vendor.lower(), name.lower()): kind for vendor, name, kind in rows}


def _models(
    lines: Sequence[AssetLine], *, by: Actor, at: datetime
) -> dict[tuple[str, str], AssetModel]:
    """Find the models of the rows; make those that are not here, with their classes."""
    kinds = {row.name.lower(): row for row in AssetClass.objects.all()}
    found = {(row.vendor.lower(), row.name.lower()): row for row in AssetModel.objects.all()}
    for line in lines:
        if line.key[:2] in found:
            continue
        kind = kinds.get(line.kind.lower())
        if kind is None:
            kind = kinds[line.kind.lower()] = arrange_class(None, name=line.kind, by=by, at=at)
        found[line.key[:2]] = arrange_model(
            None, kind=kind, vendor=line.vendor, name=line.model, by=by, at=at
        )
    return found


def _wanted(line: AssetLine, model: AssetModel, *, before: Asset | None = None) -> Wanted:
    return Wanted(
        model=model,
        serial=line.serial,
        site=line.site,
        parent=before.parent if before else None,
        place=line.place,
        note=line.note,
        criticality=line.criticality,
        installed_on=line.installed_on,
        warranty_until=line.warranty_until,
        custom=merged(before.custom if before else {}, line.own),
    )
