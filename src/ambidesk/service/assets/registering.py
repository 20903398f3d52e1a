"""Registering: assets become known, are described, labelled anew, retired and taken back."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Site
from ambidesk.service.assets.events import (
    AssetDescribed,
    AssetRegistered,
    AssetRetired,
    LabelRenewed,
)
from ambidesk.service.assets.models import Asset, AssetModel, Criticality

BATCH = 2000
TOKEN_BYTES = 18


class NoSerial(InvalidInput):
    """It cannot be told from others."""

    sentence = _("Give a serial number, or the inventory number where there is none.")


class SerialTaken(InvalidInput):
    """The model has one of the number."""

    sentence = _("There is one of this model with this serial number already.")


class SiteOfAnother(InvalidInput):
    """The site belongs to another company."""

    sentence = _("This site belongs to another company.")


class PartOfAnother(InvalidInput):
    """What it would be part of belongs to another company."""

    sentence = _("What it is part of belongs to another company.")


class PartOfItself(InvalidInput):
    """A thing cannot be part of what is part of it."""

    sentence = _("It cannot be part of itself.")


class AlreadyRetired(Refusal):
    """It is out of service."""

    sentence = _("This equipment was taken out of service.")


class InService(Refusal):
    """It was not taken out of service."""

    sentence = _("This equipment is in service.")


class RetiredTooEarly(InvalidInput):
    """It was not known by then."""

    sentence = _("It was not known to us on that day yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is said of an asset; `custom` is JSON by ids of fields, checked before."""

    model: AssetModel
    serial: str
    site: Site | None = None
    parent: Asset | None = None
    place: str = ""
    note: str = ""
    criticality: Criticality = Criticality.NORMAL
    installed_on: date | None = None
    warranty_until: date | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)


def register(
    company: Company, wanted: Wanted, *, known_since: date, by: Actor, at: datetime
) -> Asset:
    """
    Make an asset known.

    Raises:
        NoSerial, SerialTaken, SiteOfAnother, PartOfAnother: as wanted, it is no asset of this
            company.
    """
    return register_many([(company, wanted)], known_since=known_since, by=by, at=at)[0]


@transaction.atomic
def register_many(
    pairs: Sequence[tuple[Company, Wanted]], *, known_since: date, by: Actor, at: datetime
) -> list[Asset]:
    """
    Make assets known, all or none.

    Raises:
        NoSerial, SerialTaken, SiteOfAnother, PartOfAnother: one is no asset of its company.
    """
    rows = [_new(company, wanted, known_since, at) for company, wanted in pairs]
    try:
        with transaction.atomic():
            made = Asset.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as taken:
        raise SerialTaken(field="serial") from taken
    events = [
        AssetRegistered(asset_id=row.pk, company_id=row.company_id, model_id=row.model_id)
        for row in made
    ]
    journal.record_many(events, by=by, at=at)
    return made


@transaction.atomic
def describe(asset: Asset, wanted: Wanted, *, by: Actor, at: datetime) -> Asset:
    """
    Say something else of an asset; where it stands is changed by a move.

    Raises:
        NoSerial, SerialTaken, PartOfAnother, PartOfItself: it cannot be so.
    """
    row = Asset.objects.select_for_update().get(pk=asset.pk)
    _require_no_ring(row, wanted.parent)
    _fill(row, wanted)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise SerialTaken(field="serial") from taken
    journal.record(AssetDescribed(asset_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def retire(asset: Asset, *, on: date, by: Actor, at: datetime) -> Asset:
    """
    Take an asset out of service on a day, from which on it cannot fail any more.

    Raises:
        AlreadyRetired: it is out.
        RetiredTooEarly: it was not known on that day.
    """
    row = Asset.objects.select_for_update().get(pk=asset.pk)
    if row.retired_on is not None:
        raise AlreadyRetired
    if on < row.known_since:
        raise RetiredTooEarly(field="on")
    return _retired(row, on, by=by, at=at)


@transaction.atomic
def restore(asset: Asset, *, by: Actor, at: datetime) -> Asset:
    """
    Take an asset into service again, as if it had never been out.

    Raises:
        InService: it is not out.
    """
    row = Asset.objects.select_for_update().get(pk=asset.pk)
    if row.retired_on is None:
        raise InService
    return _retired(row, None, by=by, at=at)


@transaction.atomic
def renew_label(asset: Asset, *, by: Actor, at: datetime) -> Asset:
    """Give an asset another label; the old one leads nowhere from now on."""
    row = Asset.objects.select_for_update().get(pk=asset.pk)
    row.token = _token()
    row.save(update_fields=["token"])
    journal.record(LabelRenewed(asset_id=row.pk), by=by, at=at)
    return row


def _retired(row: Asset, on: date | None, *, by: Actor, at: datetime) -> Asset:
    row.retired_on = on
    row.save(update_fields=["retired_on"])
    journal.record(AssetRetired(asset_id=row.pk, retired=on is not None), by=by, at=at)
    return row


def _token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _new(company: Company, wanted: Wanted, known_since: date, at: datetime) -> Asset:
    if wanted.site is not None and wanted.site.company_id != company.pk:
        raise SiteOfAnother(field="site")
    # What is put in later than we looked was known from its first day.
    since = max(known_since, wanted.installed_on) if wanted.installed_on else known_since
    row = Asset(company=company, site=wanted.site, known_since=since, token=_token())
    row.registered_at = at
    row.place = wanted.place.strip()[:200]
    _fill(row, wanted)
    return row


def _fill(row: Asset, wanted: Wanted) -> None:
    if not (serial := " ".join(wanted.serial.split())[:80]):
        raise NoSerial(field="serial")
    if wanted.parent is not None and wanted.parent.company_id != row.company_id:
        raise PartOfAnother(field="parent")
    row.model, row.serial, row.parent = wanted.model, serial, wanted.parent
    row.note, row.criticality = wanted.note.strip()[:1000], wanted.criticality
    row.installed_on, row.warranty_until = wanted.installed_on, wanted.warranty_until
    row.custom = dict(wanted.custom)


def _require_no_ring(row: Asset, parent: Asset | None) -> None:
    above, seen = parent, set[int]()
    while above is not None and above.pk not in seen:
        if above.pk == row.pk:
            raise PartOfItself(field="parent")
        seen.add(above.pk)
        above = above.parent
