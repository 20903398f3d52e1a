"""Founding: brands are set up, changed and archived; never deleted, tickets name them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.events import BrandArchived, BrandSetUp
from ambidesk.parties.brands.models import Brand


class BrandNameTaken(InvalidInput):
    """Another brand has the name, short name or web address."""

    sentence = _("Another brand has this name, short name or web address.")


class NoWebAddress(InvalidInput):
    """Pages cannot be reached there."""

    sentence = _("Write it like https://help.example.com, without anything behind the name.")


class UnknownZone(InvalidInput):
    """There is no such time zone."""

    sentence = _("Name a time zone such as Europe/Moscow.")


class LastBrand(Refusal):
    """One face has to stay."""

    sentence = _("The last brand cannot be archived.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """
    What a brand looks like to the outside; accent as #rrggbb.

    `web` is scheme://host, `zone` the IANA name of its time; either may be "".
    """

    name: str
    slug: str
    language: str
    accent: str
    signature: str = ""
    web: str = ""
    zone: str = ""


@transaction.atomic
def set_up(brand: Brand | None, face: Face, *, by: Actor, at: datetime) -> Brand:
    """
    Found a brand, or change the one given.

    Raises:
        BrandNameTaken: another one has the name, short name or web address.
        NoWebAddress: the web address is none.
        UnknownZone: the zone is none.
    """
    if face.zone and face.zone not in available_timezones():
        raise UnknownZone(field="zone")
    row = Brand.objects.select_for_update().get(pk=brand.pk) if brand else Brand()
    for name, value in asdict(face).items():
        setattr(row, name, value)
    row.web = web_address(face.web)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise BrandNameTaken(field="name") from taken
    journal.record(BrandSetUp(brand_id=row.pk), by=by, at=at)
    return row


def web_address(written: str) -> str:
    """
    Read the address of a brand's pages: scheme and host in lower case, nothing behind them.

    Raises:
        NoWebAddress: it is none.
    """
    written = written.strip().rstrip("/").lower()
    if not written:
        return ""
    parts = urlsplit(written)
    is_plain = f"{parts.scheme}://{parts.netloc}" == written and "@" not in parts.netloc
    if parts.scheme not in {"https", "http"} or not parts.hostname or not is_plain:
        raise NoWebAddress(field="web")
    if not written.isascii() or not written.isprintable() or " " in written:
        raise NoWebAddress(field="web")
    return written


@transaction.atomic
def archive(brand: Brand, *, by: Actor, at: datetime) -> None:
    """
    Take a brand out of use.

    Raises:
        LastBrand: no other one is in use.
    """
    used = list(Brand.objects.select_for_update().filter(archived_at=None).order_by("pk"))
    if [row.pk for row in used] == [brand.pk]:
        raise LastBrand
    if Brand.objects.filter(pk=brand.pk, archived_at=None).update(archived_at=at):
        journal.record(BrandArchived(brand_id=brand.pk), by=by, at=at)


@transaction.atomic
def restore(brand: Brand, *, by: Actor, at: datetime) -> None:
    """Take an archived brand into use again."""
    if Brand.objects.filter(pk=brand.pk).exclude(archived_at=None).update(archived_at=None):
        journal.record(BrandSetUp(brand_id=brand.pk), by=by, at=at)
