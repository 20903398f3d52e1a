"""Incorporating: legal entities of a company with requisites that were checked."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.events import LegalEntityEntered
from ambidesk.parties.companies.models import Company, LegalEntity
from ambidesk.parties.companies.rules import requisites


class RequisitesTaken(InvalidInput):
    """Another legal entity has the numbers."""

    sentence = _("Another legal entity has these requisites.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisites:
    """Who signs and pays; numbers as they were typed, country in two letters."""

    name: str
    country: str = "RU"
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    vat: str = ""
    address: str = ""


@transaction.atomic
def enter_entity(
    company: Company,
    given: Requisites,
    *,
    known: LegalEntity | None = None,
    by: Actor,
    at: datetime,
) -> LegalEntity:
    """
    Enter a legal entity of a company, or change the known one.

    Raises:
        BadInn, BadKpp, BadOgrn, BadVat: a number is none.
        KppOfEntrepreneur, OgrnOfAnotherKind: they do not go together.
        RequisitesTaken: another legal entity has them.
    """
    row = LegalEntity(company=company)
    if known:
        row = LegalEntity.objects.select_for_update().get(pk=known.pk, company=company)
    for name, value in asdict(checked(given)).items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise RequisitesTaken(field="inn" if row.inn else "vat") from taken
    journal.record(LegalEntityEntered(company_id=company.pk, entity_id=row.pk), by=by, at=at)
    return row


def checked(given: Requisites) -> Requisites:
    """
    Give the requisites with each number in its one form.

    Raises:
        BadInn, BadKpp, BadOgrn, BadVat: a number is none.
        KppOfEntrepreneur, OgrnOfAnotherKind: they do not go together.
    """
    inn, kpp = requisites.read_inn(given.inn), requisites.read_kpp(given.kpp)
    ogrn = requisites.read_ogrn(given.ogrn)
    requisites.check_together(inn=inn, kpp=kpp, ogrn=ogrn)
    return Requisites(
        name=given.name.strip(),
        country=given.country.strip().upper() or "RU",
        inn=inn,
        kpp=kpp,
        ogrn=ogrn,
        vat=requisites.read_vat(given.vat),
        address=given.address.strip(),
    )
