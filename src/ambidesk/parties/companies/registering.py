"""Registering: companies and their sites are entered and changed, never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.events import CompanyArchived, CompanyRegistered, SiteRegistered
from ambidesk.parties.companies.models import Company, Site, Territory


class CompanyNameTaken(InvalidInput):
    """Another company has the name."""

    sentence = _("Another company has this name.")


class GroupOfItself(InvalidInput):
    """A company would belong to itself."""

    sentence = _("A company cannot belong to a group that belongs to it.")


class ForeignTerritory(InvalidInput):
    """The area is another company's."""

    sentence = _("This territory belongs to another company.")


class SiteCodeTaken(InvalidInput):
    """Two sites of the company would have one code."""

    sentence = _("Another site of this company has this code.")


class NoSuchZone(InvalidInput):
    """No clock goes by it."""

    sentence = _("There is no such time zone.")


class HalfPoint(InvalidInput):
    """One of the two numbers of a point is missing."""

    sentence = _("A point has a latitude and a longitude.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a company; `parent` is its group."""

    name: str
    parent: Company | None = None
    industry: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known of a site; the point is WGS 84, the zone an IANA name."""

    name: str
    territory: Territory | None = None
    code: str = ""
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    zone: str = ""


@transaction.atomic
def register(company: Company | None, profile: Profile, *, by: Actor, at: datetime) -> Company:
    """
    Enter a company, or change the one given.

    Raises:
        CompanyNameTaken: another one has the name.
        GroupOfItself: its group would be one of its own members.
    """
    row = Company.objects.select_for_update().get(pk=company.pk) if company else Company(made_at=at)
    above = profile.parent
    while above is not None and row.pk:
        if above.pk == row.pk:
            raise GroupOfItself(field="parent")
        above = above.parent
    for each in fields(profile):
        setattr(row, each.name, getattr(profile, each.name))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise CompanyNameTaken(field="name") from taken
    journal.record(CompanyRegistered(company_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive(company: Company, *, by: Actor, at: datetime) -> None:
    """Serve a company no longer; twice is once."""
    if Company.objects.filter(pk=company.pk, archived_at=None).update(archived_at=at):
        journal.record(CompanyArchived(company_id=company.pk), by=by, at=at)


@transaction.atomic
def restore(company: Company, *, by: Actor, at: datetime) -> None:
    """Serve an archived company again."""
    if Company.objects.filter(pk=company.pk).exclude(archived_at=None).update(archived_at=None):
        journal.record(CompanyRegistered(company_id=company.pk), by=by, at=at)


def open_site(company: Company, place: Place, *, by: Actor, at: datetime) -> Site:
    """
    Enter a site of a company.

    Raises:
        ForeignTerritory: the area is another company's.
        SiteCodeTaken: another site of it has the code.
        NoSuchZone, HalfPoint: zone or point is none.
    """
    return open_sites(company, [place], by=by, at=at)[0]


@transaction.atomic
def open_sites(company: Company, places: Sequence[Place], *, by: Actor, at: datetime) -> list[Site]:
    """
    Enter many sites of a company, in the order given.

    Raises:
        ForeignTerritory: an area is another company's.
        SiteCodeTaken: a code is there twice.
        NoSuchZone, HalfPoint: a zone or point is none.
    """
    _check_territories(company, places)
    _require_sound(places)
    try:
        with transaction.atomic():
            rows = Site.objects.bulk_create(
                [Site(company=company, **_columns(place)) for place in places]
            )
    except IntegrityError as taken:
        raise SiteCodeTaken(field="code") from taken
    journal.record_many([_registered(row) for row in rows], by=by, at=at)
    return rows


def change_site(site: Site, place: Place, *, by: Actor, at: datetime) -> Site:
    """
    Change what is known of a site.

    Raises:
        ForeignTerritory: the area is another company's.
        SiteCodeTaken: another site of it has the code.
        NoSuchZone, HalfPoint: zone or point is none.
    """
    return change_sites([(site, place)], by=by, at=at)[0]


@transaction.atomic
def change_sites(changes: Sequence[tuple[Site, Place]], *, by: Actor, at: datetime) -> list[Site]:
    """
    Change what is known of many sites; they come in the order of their keys.

    Raises:
        ForeignTerritory: an area is another company's.
        SiteCodeTaken: a code is there twice.
        NoSuchZone, HalfPoint: a zone or point is none.
    """
    _require_sound([place for _site, place in changes])
    places = {site.pk: place for site, place in changes}
    rows = list(Site.objects.select_for_update().filter(pk__in=places).order_by("pk"))
    for row in rows:
        place = places[row.pk]
        if place.territory and place.territory.company_id != row.company_id:
            raise ForeignTerritory(field="territory")
        for name, value in _columns(place).items():
            setattr(row, name, value)
    try:
        with transaction.atomic():
            Site.objects.bulk_update(rows, [each.name for each in fields(Place)])
    except IntegrityError as taken:
        raise SiteCodeTaken(field="code") from taken
    journal.record_many([_registered(row) for row in rows], by=by, at=at)
    return rows


def _columns(place: Place) -> dict[str, object]:
    return {each.name: getattr(place, each.name) for each in fields(place)}


def _check_territories(company: Company, places: Sequence[Place]) -> None:
    if any(each.territory and each.territory.company_id != company.pk for each in places):
        raise ForeignTerritory(field="territory")


def _require_sound(places: Sequence[Place]) -> None:
    for place in places:
        if place.zone and place.zone not in _zones():
            raise NoSuchZone(field="zone")
        if (place.latitude is None) != (place.longitude is None):
            raise HalfPoint(field="latitude" if place.latitude is None else "longitude")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _registered(row: Site) -> SiteRegistered:
    return SiteRegistered(company_id=row.company_id, site_id=row.pk, territory_id=row.territory_id)
