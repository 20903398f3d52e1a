"""Companies, their legal entities, areas and sites."""

from decimal import Decimal
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare
from ambidesk.edge.api.reaching import companies_of, named, named_if
from ambidesk.edge.api.schemas import Id, Input, Key, Output, Paging
from ambidesk.parties.companies import incorporating, placing, registering
from ambidesk.parties.companies.models import Company, LegalEntity, Site, Territory
from ambidesk.parties.companies.models.site import SiteQuerySet
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.service.assets.models import Asset

NOUN = "Companies"
SEE, MANAGE = CompaniesRight.SEE, CompaniesRight.MANAGE
R = TypeVar("R", bound=QuerySet[Any])
Owned = LegalEntity | Territory | Site | Asset
Degrees = Annotated[Decimal, Field(max_digits=9, decimal_places=6)]


class CompanyFilter(Paging):
    """Which companies."""

    name: str = Field("", max_length=200, description="A part of the name")
    inn: str = Field("", max_length=12, description="Of one of its legal entities")


class OfCompany(Paging):
    """Of which company; without one of all that the key reaches."""

    company_id: Key | None = None


class SiteFilter(OfCompany):
    """Which sites."""

    territory_id: Key | None = Field(None, description="In this area or below it")
    code: str = Field("", max_length=40)


class NewCompany(Input):
    """A client organisation; `group_id` is the company that it belongs to."""

    name: str = Field(min_length=1, max_length=200)
    group_id: Id | None = None
    industry: str = Field("", max_length=80)
    remark: str = Field("", max_length=4000)


class CompanyOut(Output):
    """A client organisation."""

    id: int
    name: str
    group_id: int | None
    industry: str
    remark: str
    is_archived: bool


class NewEntity(Input):
    """Who signs and pays; numbers are checked, the country has two letters."""

    company_id: Id
    name: str = Field(min_length=1, max_length=250)
    country: str = Field("RU", pattern="^[A-Z]{2}$")
    inn: str = Field("", max_length=20)
    kpp: str = Field("", max_length=20)
    ogrn: str = Field("", max_length=20)
    vat: str = Field("", max_length=30)
    address: str = Field("", max_length=300)


class EntityOut(Output):
    """A legal entity of a company."""

    id: int
    company_id: int
    name: str
    country: str
    inn: str
    kpp: str
    ogrn: str
    vat: str
    address: str


class NewTerritory(Input):
    """An area of a company, below another one of it; its name stays."""

    company_id: Id
    name: str = Field(min_length=1, max_length=160)
    parent_id: Id | None = None


class TerritoryOut(Output):
    """An area; `path` has the ids from the topmost area down to it."""

    id: int
    company_id: int
    name: str
    parent_id: int | None
    path: list[int]


class NewSite(Input):
    """A place where a company is; its point is WGS 84, its zone an IANA name."""

    company_id: Id
    name: str = Field(min_length=1, max_length=200)
    territory_id: Id | None = None
    code: str = Field("", max_length=40)
    address: str = Field("", max_length=300)
    latitude: Degrees | None = Field(None, ge=-90, le=90)
    longitude: Degrees | None = Field(None, ge=-180, le=180)
    zone: str = Field("", max_length=60)


class SiteOut(Output):
    """A place where a company is."""

    id: int
    company_id: int
    name: str
    territory_id: int | None
    code: str
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    zone: str
    is_archived: bool


def of_company(rows: R, asked: OfCompany) -> R:
    """Keep what is of the company that was asked for."""
    return rows.filter(company=asked.company_id) if asked.company_id else rows


def owner(request: Call, row: Owned | None, pk: int) -> Company:
    """
    Fetch the company that a body names; what is somebody's stays theirs.

    Raises:
        NoSuchThing: it is none in reach, or another one.
    """
    rows = companies_of(request.actor)
    return named(rows.filter(pk=row.company_id) if row else rows, pk, field="company_id")


def _cut(_request: Call, rows: QuerySet[Company], asked: CompanyFilter) -> QuerySet[Company]:
    if asked.name:
        rows = rows.filter(name__icontains=asked.name)
    if asked.inn:
        rows = rows.filter(pk__in=LegalEntity.objects.filter(inn=asked.inn).values("company"))
    return rows


def _cut_sites(request: Call, rows: SiteQuerySet, asked: SiteFilter) -> QuerySet[Site]:
    if asked.company_id:
        rows = rows.filter(company=asked.company_id)
    if asked.code:
        rows = rows.filter(code=asked.code)
    if asked.territory_id:
        top = Territory.objects.visible_to(request.actor).filter(pk=asked.territory_id).first()
        rows = rows.below(top) if top else rows.none()
    return rows


def _save_company(request: Call, row: Company | None, body: NewCompany) -> Company:
    profile = registering.Profile(
        name=body.name.strip() or body.name,
        parent=named_if(companies_of(request.actor), body.group_id, field="group_id"),
        industry=body.industry,
        remark=body.remark,
    )
    return registering.register(row, profile, by=request.actor, at=request.at)


def _turn_company(request: Call, row: Company) -> None:
    turn = registering.restore if row.archived_at else registering.archive
    turn(row, by=request.actor, at=request.at)


def _save_entity(request: Call, row: LegalEntity | None, body: NewEntity) -> LegalEntity:
    given = incorporating.Requisites(**body.model_dump(exclude={"company_id"}))
    company = owner(request, row, body.company_id)
    return incorporating.enter_entity(company, given, known=row, by=request.actor, at=request.at)


def _save_territory(request: Call, row: Territory | None, body: NewTerritory) -> Territory:
    company = owner(request, row, body.company_id)
    tree = Territory.objects.visible_to(request.actor).filter(company=company)
    below = named_if(tree, body.parent_id, field="parent_id")
    if row:
        return placing.move(row, below=below, by=request.actor, at=request.at)
    return placing.add(company, body.name, below=below, by=request.actor, at=request.at)


def _save_site(request: Call, row: Site | None, body: NewSite) -> Site:
    company = owner(request, row, body.company_id)
    tree = Territory.objects.visible_to(request.actor)
    area = named_if(tree, body.territory_id, field="territory_id")
    known = body.model_dump(exclude={"company_id", "territory_id"})
    place = registering.Place(territory=area, **known)
    if row:
        return registering.change_site(row, place, by=request.actor, at=request.at)
    return registering.open_site(company, place, by=request.actor, at=request.at)


def _company(row: Company) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "group_id": row.parent_id,
        "industry": row.industry,
        "remark": row.remark,
        "is_archived": row.archived_at is not None,
    }


def _territory(row: Territory) -> dict[str, Any]:
    return {
        "id": row.pk,
        "company_id": row.company_id,
        "name": row.name,
        "parent_id": row.parent_id,
        "path": [int(each) for each in row.path.split(".")],
    }


def _entity(row: LegalEntity) -> dict[str, Any]:
    return {name: getattr(row, name) for name in EntityOut.model_fields}


def _site(row: Site) -> dict[str, Any]:
    known = {name: getattr(row, name) for name in SiteOut.model_fields if name != "is_archived"}
    return {**known, "is_archived": row.archived_at is not None}


declare(
    Noun(
        chapter=NOUN,
        path="companies",
        name="Company",
        singular="a company",
        plural="companies",
        sees=SEE,
        changes=MANAGE,
        gives=CompanyOut,
        takes=NewCompany,
        rows=lambda request: companies_of(request.actor),
        shown=lambda _request, row: _company(row),
        save=_save_company,
        turn=_turn_company,
        shared=lambda _row: False,
        asks=CompanyFilter,
        cut=_cut,
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="legal-entities",
        name="LegalEntity",
        singular="a legal entity",
        plural="legal entities",
        sees=SEE,
        changes=MANAGE,
        gives=EntityOut,
        takes=NewEntity,
        rows=lambda request: LegalEntity.objects.filter(company__in=companies_of(request.actor)),
        shown=lambda _request, row: _entity(row),
        save=_save_entity,
        shared=lambda _row: False,
        asks=OfCompany,
        cut=lambda _request, rows, asked: of_company(rows, asked),
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="territories",
        name="Territory",
        singular="an area",
        plural="areas",
        sees=SEE,
        changes=MANAGE,
        gives=TerritoryOut,
        takes=NewTerritory,
        rows=lambda request: Territory.objects.visible_to(request.actor),
        shown=lambda _request, row: _territory(row),
        save=_save_territory,
        shared=lambda _row: False,
        asks=OfCompany,
        cut=lambda _request, rows, asked: of_company(rows, asked),
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="sites",
        name="Site",
        singular="a site",
        plural="sites",
        sees=SEE,
        changes=MANAGE,
        gives=SiteOut,
        takes=NewSite,
        rows=lambda request: Site.objects.visible_to(request.actor),
        shown=lambda _request, row: _site(row),
        save=_save_site,
        shared=lambda _row: False,
        asks=SiteFilter,
        cut=_cut_sites,
    )
)
