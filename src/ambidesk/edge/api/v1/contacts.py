"""Contacts: who speaks for a company, in which department, and what they may decide."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import companies_of, named, named_if, one
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page
from ambidesk.edge.api.v1.companies import OfCompany, of_company
from ambidesk.edge.api.v1.ticket_shape import PersonRef
from ambidesk.parties.authority.ending import end_contact
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.companies.appointing import appoint, describe_contact
from ambidesk.parties.companies.models import Contact, Department
from ambidesk.parties.companies.models.contact import ContactQuerySet
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.people.models import Person

NOUN = "Contacts"
SEE, MANAGE = CompaniesRight.SEE, CompaniesRight.MANAGE
CONTACT = "contacts/{int:contact}"


class ContactFilter(OfCompany):
    """Which contacts."""

    person_id: Key | None = None
    on: date | None = Field(None, description="Only who speaks for the company on this day")


class AuthorityFilter(OfCompany):
    """Whose authorities."""

    contact_id: Key | None = None


class Described(Input):
    """As what, and for which department, a person speaks."""

    post: str = Field("", max_length=120)
    department_id: Id | None = None


class NewContact(Described):
    """A person who begins to speak for a company."""

    company_id: Id
    person_id: Id
    since_on: date


class Ending(Input):
    """The first day on which they do not speak any more."""

    until_on: date


class ContactOut(Output):
    """A person who speaks for a company from a day on, until a day before which they do."""

    id: int
    company_id: int
    person: PersonRef
    department_id: int | None
    post: str
    since_on: date
    until_on: date | None


class DepartmentOut(Output):
    """A part of a company."""

    id: int
    company_id: int
    parent_id: int | None
    name: str
    cost_centre: str


class AuthorityOut(Output):
    """
    What a contact may do within a scope, and may be told; a limit of null is none.

    It holds from `since` until `until`, null being for good.
    """

    id: int
    contact_id: int
    company_id: int
    scope: str = Field(description="own, sites, territories, department or company")
    site_ids: list[int]
    territory_ids: list[int]
    department_id: int | None
    powers: list[str]
    told: list[str]
    approves_to: Decimal | None
    buys_to: Decimal | None
    currency: str
    since: Instant
    until: Instant | None


@operation("GET", "contacts", right=SEE, name="listContacts", gives=Page[ContactOut])
def show_all(request: Call, asked: Query[ContactFilter]) -> dict[str, Any]:
    """List contacts"""
    rows = of_company(_contacts(request), asked)
    if asked.person_id:
        rows = rows.filter(person=asked.person_id)
    if asked.on:
        rows = rows.on(asked.on)
    return page_of(rows, of="contacts", after=asked.after, limit=asked.limit, show=_contact)


@operation("GET", CONTACT, right=SEE, name="getContact", gives=ContactOut)
def show(request: Call, contact: Key) -> dict[str, Any]:
    """Read a contact"""
    return _contact(one(_contacts(request), contact))


@operation("POST", "contacts", right=MANAGE, name="appointContact", gives=ContactOut, status=201)
def make(request: Call, body: NewContact) -> dict[str, Any]:
    """
    Let a person speak for a company

    The key has to reach the person too.
    """
    made = appoint(
        named(companies_of(request.actor), body.company_id, field="company_id"),
        named(Person.objects.visible_to(request.actor), body.person_id, field="person_id"),
        since=body.since_on,
        post=body.post,
        department=_department(request, body.department_id),
        by=request.actor,
        at=request.at,
    )
    return _contact(one(_contacts(request), made.pk))


@operation("PUT", CONTACT, right=MANAGE, name="describeContact", gives=ContactOut)
def describe(request: Call, contact: Key, body: Described) -> dict[str, Any]:
    """Say as what a person speaks for the company"""
    row = one(_contacts(request), contact)
    department = _department(request, body.department_id)
    describe_contact(row, post=body.post, department=department, by=request.actor, at=request.at)
    return _contact(one(_contacts(request), contact))


@operation("PUT", f"{CONTACT}/ending", right=MANAGE, name="endContact", gives=ContactOut)
def finish(request: Call, contact: Key, body: Ending) -> dict[str, Any]:
    """Let a person no longer speak for the company from a day on"""
    row = one(_contacts(request), contact)
    end_contact(row, until=body.until_on, by=request.actor, at=request.at)
    return _contact(one(_contacts(request), contact))


@operation("GET", "departments", right=SEE, name="listDepartments", gives=Page[DepartmentOut])
def show_departments(request: Call, asked: Query[OfCompany]) -> dict[str, Any]:
    """List departments"""
    rows = of_company(_departments(request), asked)
    return page_of(rows, of="departments", after=asked.after, limit=asked.limit, show=_part)


@operation("GET", "authorities", right=SEE, name="listAuthorities", gives=Page[AuthorityOut])
def show_authorities(request: Call, asked: Query[AuthorityFilter]) -> dict[str, Any]:
    """
    List what contacts may decide

    Those that ended are there too.
    """
    seen = Authority.objects.filter(contact__in=Contact.objects.visible_to(request.actor))
    rows = of_company(seen, asked).prefetch_related("sites", "territories")
    if asked.contact_id:
        rows = rows.filter(contact=asked.contact_id)
    return page_of(rows, of="authorities", after=asked.after, limit=asked.limit, show=_authority)


def _contacts(request: Call) -> ContactQuerySet:
    return Contact.objects.visible_to(request.actor).select_related("person")


def _departments(request: Call) -> QuerySet[Department]:
    return Department.objects.filter(company__in=companies_of(request.actor))


def _department(request: Call, pk: int | None) -> Department | None:
    return named_if(_departments(request), pk, field="department_id")


def _contact(row: Contact) -> dict[str, Any]:
    return {
        "id": row.pk,
        "company_id": row.company_id,
        "person": {"id": row.person_id, "name": row.person.name},
        "department_id": row.department_id,
        "post": row.post,
        "since_on": row.since_on,
        "until_on": row.until_on,
    }


def _part(row: Department) -> dict[str, Any]:
    return {name: getattr(row, name) for name in DepartmentOut.model_fields}


def _authority(row: Authority) -> dict[str, Any]:
    several = {
        "site_ids": [each.pk for each in row.sites.all()],
        "territory_ids": [each.pk for each in row.territories.all()],
    }
    return {
        name: several[name] if name in several else getattr(row, name)
        for name in AuthorityOut.model_fields
    }
