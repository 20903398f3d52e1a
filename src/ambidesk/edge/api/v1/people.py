"""Persons and their addresses."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.across.privacy.erasing import erase
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import one
from ambidesk.edge.api.schemas import Input, Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.ticket_shape import IdentityRef, identity_shown
from ambidesk.parties.people.describing import describe
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.people.rights import PeopleRight

NOUN = "Persons"


class PersonOut(Output):
    """A human being whose tickets the key reaches."""

    id: int
    name: str
    language: str
    remark: str
    first_at: Instant
    is_erased: bool
    identities: list[IdentityRef]


class PersonChange(Input):
    """What is to be different; what is left out stays."""

    name: str | None = Field(None, max_length=200)
    remark: str | None = Field(None, max_length=4000)


@operation("GET", "people", right=PeopleRight.SEE, name="listPeople", gives=Page[PersonOut])
def show_all(request: Call, paging: Query[Paging]) -> dict[str, Any]:
    """List persons"""
    rows = _people(request)
    return page_of(rows, of="people", after=paging.after, limit=paging.limit, show=_shown)


@operation("GET", "people/{int:person}", right=PeopleRight.SEE, name="getPerson", gives=PersonOut)
def show(request: Call, person: Key) -> dict[str, Any]:
    """Read a person"""
    return _shown(one(_people(request), person))


@operation(
    "PATCH",
    "people/{int:person}",
    right=PeopleRight.DESCRIBE,
    name="changePerson",
    gives=PersonOut,
)
def change(request: Call, person: Key, body: PersonChange) -> dict[str, Any]:
    """Change name and remark of a person"""
    found = one(Person.objects.visible_to(request.actor), person)
    name = found.name if body.name is None else body.name
    remark = found.remark if body.remark is None else body.remark
    describe(found, name=name, remark=remark, by=request.actor, at=request.at)
    return _shown(one(_people(request), person))


@operation("DELETE", "people/{int:person}", right=PeopleRight.ERASE, name="erasePerson")
def forget(request: Call, person: Key) -> None:
    """
    Erase a person, and all that they said; this cannot be undone

    A person speaks with all brands: the key must reach all of them.
    """
    erase(one(Person.objects.visible_to(request.actor), person), by=request.actor, at=request.at)


def _people(request: Call) -> QuerySet[Person]:
    """Persons with their addresses, as far as the key reaches both."""
    seen = Identity.objects.visible_to(request.actor).filter(erased_at=None).order_by("pk")
    return Person.objects.visible_to(request.actor).prefetch_related(Prefetch("identities", seen))


def _shown(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "name": person.name,
        "language": person.language,
        "remark": person.remark,
        "first_at": person.first_at,
        "is_erased": person.erased_at is not None,
        "identities": [identity_shown(each) for each in person.identities.all()],
    }
