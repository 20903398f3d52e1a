"""
Finding: whom or what somebody means by a number, an address, a name, a serial number or a label.

Each find says why it matches; what is exact stands above what is alike.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import Q, Value
from django.db.models.functions import Upper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.across.context.card import About
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Contact, LegalEntity, Site
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.parties.people.normalising import NotAnAddress, normal
from ambidesk.service.assets.labelling import asset_of_label
from ambidesk.service.assets.models import Asset
from ambidesk.service.assets.models.asset import AssetQuerySet

MOST, EACH, SHORTEST = 20, 6, 2
# The address that a label bears; whoever scans it sends the whole of it.
LABEL: Final = re.compile(
    r"(?:https?://[^/\s]+)?/a/([A-Za-z0-9_-]{16,43})/?|([A-Za-z0-9_-]{22,43})"
)
PHONE: Final = re.compile(r"\+?[\d\s().\-–]{5,30}")


class By(StrEnum):
    """By what something can be asked for."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    SERIAL = "serial"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One find; `key` names it in addresses, as person:3."""

    kind: str
    id: int
    title: str
    detail: str
    why: str | Promise
    about: About

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"{self.kind}:{self.id}"


def find(asked: str, *, by: Actor, only: By | None = None) -> tuple[Hit, ...]:
    """Find what is meant, each thing once; `only` says what was typed."""
    typed = one_line(asked, 200).strip()
    if len(typed) < SHORTEST:
        return ()
    ways = [only] if only else [By.LABEL, By.EMAIL, By.PHONE, By.SERIAL, By.NAME]
    found: dict[str, Hit] = {}
    for way in ways:
        for hit in WAYS[way](typed, by):
            found.setdefault(hit.key, hit)
        if found and way in {By.LABEL, By.EMAIL}:
            break
    return tuple(found.values())[:MOST]


KINDS: Final = ("person", "company", "site", "asset")


def chosen(hits: Sequence[Hit], key: str) -> tuple[About | None, str]:
    """Say whose card is asked for, and its key: of what is named by one, else of the only find."""
    about = next((hit.about for hit in hits if hit.key == key), _about_of(key))
    if about is None and len(hits) == 1:
        return hits[0].about, hits[0].key
    return about, key


def _about_of(key: str) -> About | None:
    kind, _colon, number = key.partition(":")
    if not number.isdecimal() or len(number) > 17 or kind not in KINDS:
        return None
    return About(**{kind: int(number)})


def _by_phone(typed: str, by: Actor) -> Iterator[Hit]:
    if not PHONE.fullmatch(typed):
        return
    try:
        value = normal(IdentityKind.PHONE, typed)
    except NotAnAddress:
        return
    yield from _addressed(IdentityKind.PHONE, value, _("phone number"), by)


def _by_email(typed: str, by: Actor) -> Iterator[Hit]:
    try:
        value = normal(IdentityKind.EMAIL, typed)
    except NotAnAddress:
        return
    yield from _addressed(IdentityKind.EMAIL, value, _("e-mail address"), by)


def _addressed(kind: IdentityKind, value: str, why: Promise, by: Actor) -> Iterator[Hit]:
    """Those behind an address: persons whom the actor sees, and contacts of visible companies."""
    rows = Identity.objects.of(kind, [value]).filter(person__erased_at=None)
    seen = Q(pk__in=Identity.objects.visible_to(by).of(kind, [value]).values("pk"))
    speaks = Q(person__whole__in=Contact.objects.visible_to(by).values("person__whole"))
    wholes = rows.filter(seen | speaks).values_list("person__whole", flat=True)
    yield from _persons(list(dict.fromkeys(wholes.order_by("pk")[:EACH])), why, by)


def _by_serial(typed: str, by: Actor) -> Iterator[Hit]:
    rows = Asset.objects.visible_to(by).annotate(upper=Upper("serial"))
    yield from _assets(rows.filter(upper=Upper(Value(typed))), _("serial number"))


def _by_label(typed: str, by: Actor) -> Iterator[Hit]:
    found = LABEL.fullmatch(typed)
    asset = asset_of_label(found.group(1) or found.group(2)) if found else None
    if asset:
        yield from _assets(Asset.objects.visible_to(by).filter(pk=asset.pk), _("label"))


def _by_name(typed: str, by: Actor) -> Iterator[Hit]:
    """Persons, companies and sites by parts of a name; codes and tax numbers whole."""
    seen = Person.objects.visible_to(by).known().filter(name__icontains=typed)
    wholes = list(seen.order_by("name", "pk").values_list("whole", flat=True)[:EACH])
    contacts = Contact.objects.visible_to(by).filter(
        person__name__icontains=typed, person__erased_at=None
    )
    wholes += contacts.order_by("person__name", "pk").values_list("person__whole", flat=True)[:EACH]
    yield from _persons(list(dict.fromkeys(wholes)), _("name"), by)
    yield from _companies(typed, by)
    yield from _sites(typed, by)


def _companies(typed: str, by: Actor) -> Iterator[Hit]:
    seen = Company.objects.visible_to(by).served()
    digits = "".join(typed.split())
    if digits.isdecimal() and len(digits) in {10, 12, 13, 15}:
        owners = LegalEntity.objects.filter(Q(inn=digits) | Q(ogrn=digits)).values("company")
        for row in seen.filter(pk__in=owners)[:EACH]:
            yield _company(row, _("tax number"))
    for row in seen.filter(name__icontains=typed).order_by("name")[:EACH]:
        yield _company(row, _("name"))


def _sites(typed: str, by: Actor) -> Iterator[Hit]:
    seen = Site.objects.visible_to(by).served().select_related("company")
    coded = seen.annotate(upper=Upper("code")).filter(upper=Upper(Value(typed)))
    named = seen.filter(name__icontains=typed)
    placed = seen.filter(address__icontains=typed)
    for rows, why in ((coded, _("code")), (named, _("name")), (placed, _("address"))):
        for row in rows.order_by("name", "pk")[:EACH]:
            yield Hit(
                kind="site",
                id=row.pk,
                title=row.name,
                detail=", ".join(each for each in (row.company.name, row.address) if each),
                why=why,
                about=About(company=row.company_id, site=row.pk),
            )


def _company(row: Company, why: Promise) -> Hit:
    return Hit(
        kind="company",
        id=row.pk,
        title=row.name,
        detail=row.industry,
        why=why,
        about=About(company=row.pk),
    )


def _persons(wholes: list[int], why: Promise, by: Actor) -> Iterator[Hit]:
    """The first rows of whole persons, with their companies beside them."""
    rows = {row.pk: row for row in Person.objects.known().filter(pk__in=wholes)}
    posts: dict[int, list[str]] = {}
    contacts = Contact.objects.visible_to(by).filter(person__whole__in=wholes, until_on=None)
    for whole, post, company in contacts.order_by("company__name").values_list(
        "person__whole", "post", "company__name"
    ):
        posts.setdefault(whole, []).append(", ".join(each for each in (post, company) if each))
    for whole in wholes:
        if row := rows.get(whole):
            yield Hit(
                kind="person",
                id=row.pk,
                title=row.name,
                detail="; ".join(posts.get(whole, ())),
                why=why,
                about=About(person=row.pk),
            )


def _assets(rows: AssetQuerySet, why: Promise) -> Iterator[Hit]:
    for row in rows.select_related("model", "company", "site").order_by("pk")[:EACH]:
        place = row.site.name if row.site else row.place
        yield Hit(
            kind="asset",
            id=row.pk,
            title=str(row),
            detail=", ".join(each for each in (row.company.name, place) if each),
            why=why,
            about=About(company=row.company_id, site=row.site_id, asset=row.pk),
        )


WAYS: Final[dict[By, Callable[[str, Actor], Iterator[Hit]]]] = {
    By.PHONE: _by_phone,
    By.EMAIL: _by_email,
    By.NAME: _by_name,
    By.SERIAL: _by_serial,
    By.LABEL: _by_label,
}
