"""Persons who may be one: proposals, joins and their undoing; what they agreed to; their export."""

from io import BytesIO
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from ambidesk.across.privacy.exporting import export
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import Content, Once, operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import named, one, require_all
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.parties.consents.models import Consent, ConsentDocument, Proof, Purpose, Word
from ambidesk.parties.consents.publishing import newest, publish_document
from ambidesk.parties.consents.rights import ConsentRight
from ambidesk.parties.consents.saying import Statement, say
from ambidesk.parties.people import joining, judging, parting
from ambidesk.parties.people.models import Join, Person, Resemblance
from ambidesk.parties.people.rights import PeopleRight

NOUN = "Persons"
SEE, JOIN = PeopleRight.SEE, PeopleRight.JOIN
PERSON = "people/{int:person}"
PurposeName = Literal["surveys", "news", "profiling"]


class LikenessOut(Output):
    """Two persons who may be one; the score counts in bits, reasons are levels by aspect."""

    id: int
    one: int
    other: int
    score: float
    reasons: dict[str, Any]
    found_at: Instant


class Other(Input):
    """The other person."""

    other: Id


class JoinOut(Output):
    """Two persons held for one; its id undoes it."""

    id: int
    one: int
    other: int
    basis: Literal["proof", "decision"]
    joined_at: Instant


class Joins(Output):
    """The joins that make a person one with others."""

    items: list[JoinOut]


class ConsentOut(Output):
    """What a person said to a purpose; the one that has not ended holds."""

    id: int
    purpose: str
    channel: str
    word: Literal["yes", "no"]
    document_id: int | None
    proof: str
    remark: str
    said_at: Instant
    ended_at: Instant | None


class Consents(Output):
    """What holds and what held, the latest first."""

    items: list[ConsentOut]


class NewConsent(Input):
    """What a person said; a yes names the words that hold now."""

    purpose: PurposeName
    word: Literal["yes", "no"]
    channel: Literal["", "email", "phone", "messenger", "visitor"] = ""
    language: Literal["ru", "en"] = "ru"
    remark: str = Field("", max_length=300)


class DocumentOut(Output):
    """One version of the words about a purpose."""

    id: int
    purpose: str
    brand_id: int | None
    language: str
    version: int
    text: str
    published_at: Instant


class NewDocument(Input):
    """The next version of the words about a purpose, for all brands."""

    purpose: PurposeName
    language: Literal["ru", "en"]
    text: str = Field(min_length=1, max_length=20_000)


@operation("GET", "likenesses", right=JOIN, name="listLikenesses", gives=Page[LikenessOut])
def show_likenesses(request: Call, paging: Query[Paging]) -> dict[str, Any]:
    """List persons who may be one, both of whom the key reaches"""
    seen = _people(request).values("pk")
    rows = Resemblance.objects.waiting().filter(one__in=seen, other__in=seen)
    return page_of(rows, of="likenesses", after=paging.after, limit=paging.limit, show=_likeness)


@operation("PUT", "likenesses/{int:pair}/denial", right=JOIN, name="tellApart")
def deny(request: Call, pair: Key) -> None:
    """Say that two persons are not the same; it is remembered"""
    found = _pair(request, pair)
    judging.tell_apart(found.one, found.other, by=request.actor, at=request.at)


@operation("DELETE", "likenesses/{int:pair}/denial", right=JOIN, name="takeApartBack")
def take_back(request: Call, pair: Key) -> None:
    """Take back that two persons are not the same"""
    judging.take_back(_pair(request, pair), by=request.actor, at=request.at)


@operation("GET", f"{PERSON}/joins", right=SEE, name="listJoins", gives=Joins)
def show_joins(request: Call, person: Key) -> dict[str, Any]:
    """List the joins of a person with others whom the key reaches"""
    found = parting.joins_of(one(_people(request), person))
    ids = {pk for each in found for pk in (each.one_id, each.other_id)}
    seen = set(_people(request).filter(pk__in=ids).values_list("pk", flat=True))
    return {"items": [_join(each) for each in found if {each.one_id, each.other_id} <= seen]}


@operation("POST", f"{PERSON}/joins", right=JOIN, name="joinPersons", gives=JoinOut, status=201)
def join(request: Call, person: Key, body: Other) -> dict[str, Any]:
    """Hold two persons for one; nothing is rewritten, and it can be undone at any time"""
    first = one(_people(request), person)
    other = named(_people(request), body.other, field="other")
    return _join(joining.join(first, other, by=request.actor, at=request.at))


@operation("DELETE", f"{PERSON}/joins/{{int:join}}", right=JOIN, name="undoJoin")
def undo(request: Call, person: Key, join: Key) -> None:
    """Undo a join"""
    one(_people(request), person)
    seen = _people(request).values("pk")
    rows = Join.objects.filter(one__in=seen, other__in=seen)
    found = one(rows.filter(one=person) | rows.filter(other=person), join)
    parting.part(found, by=request.actor, at=request.at)


@operation("GET", f"{PERSON}/consents", right=SEE, name="listConsents", gives=Consents)
def show_consents(request: Call, person: Key) -> dict[str, Any]:
    """List what a person agreed and objected to"""
    rows = Consent.objects.filter(person=one(_people(request), person))
    return {"items": [_consent(each) for each in rows.order_by("-said_at", "-pk")[:100]]}


@operation(
    "POST",
    f"{PERSON}/consents",
    right=ConsentRight.NOTE,
    name="noteConsent",
    gives=ConsentOut,
    status=201,
)
def note(request: Call, person: Key, body: NewConsent) -> dict[str, Any]:
    """Put down what a person agreed or objected to"""
    found = one(_people(request), person)
    purpose, word = Purpose(body.purpose), Word(body.word)
    document = newest(purpose, language=body.language, brand=None) if word is Word.YES else None
    said = Statement(
        purpose=purpose,
        word=word,
        proof=Proof.API,
        channel=body.channel,
        document=document,
        remark=body.remark,
    )
    return _consent(say(found, said, by=request.actor, at=request.at))


@operation(
    "GET", "consent-documents", right=SEE, name="listConsentDocuments", gives=Page[DocumentOut]
)
def show_documents(request: Call, paging: Query[Paging]) -> dict[str, Any]:  # noqa: ARG001 passed by the library
    """List the words that people agree to, those for all brands"""
    rows = ConsentDocument.objects.filter(brand=None)
    return page_of(rows, of="documents", after=paging.after, limit=paging.limit, show=_document)


@operation(
    "POST",
    "consent-documents",
    right=ConsentRight.MANAGE,
    name="publishConsentDocument",
    gives=DocumentOut,
    status=201,
)
def publish(request: Call, body: NewDocument) -> dict[str, Any]:
    """Publish the next version of what people agree to; older ones stay as they were"""
    require_all(request.actor)
    purpose = Purpose(body.purpose)
    made = publish_document(
        purpose, text=body.text, language=body.language, by=request.actor, at=request.at
    )
    return _document(made)


@operation(
    "POST",
    f"{PERSON}/export",
    right=PeopleRight.EXPORT,
    name="exportPerson",
    gives=Once(answer=Content),
)
def take_out(request: Call, person: Key) -> HttpResponse:
    """
    Take out all that is held of a person, as one archive

    That it was taken stands in the journal. A person speaks with all brands: the key must reach
    all of them.
    """
    require_all(request.actor)
    archive = BytesIO()
    export(one(_people(request), person), archive, by=request.actor, at=request.at)
    return HttpResponse(archive.getvalue(), content_type="application/octet-stream")


def _people(request: Call) -> QuerySet[Person]:
    return Person.objects.visible_to(request.actor)


def _pair(request: Call, pk: int) -> Resemblance:
    seen = _people(request).values("pk")
    rows = Resemblance.objects.filter(one__in=seen, other__in=seen)
    return one(rows.select_related("one", "other"), pk)


def _likeness(row: Resemblance) -> dict[str, Any]:
    return {
        "id": row.pk,
        "one": row.one_id,
        "other": row.other_id,
        "score": row.score,
        "reasons": row.reasons,
        "found_at": row.found_at,
    }


def _join(row: Join) -> dict[str, Any]:
    return {
        "id": row.pk,
        "one": row.one_id,
        "other": row.other_id,
        "basis": row.basis,
        "joined_at": row.joined_at,
    }


def _consent(row: Consent) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ConsentOut.model_fields}


def _document(row: ConsentDocument) -> dict[str, Any]:
    return {name: getattr(row, name) for name in DocumentOut.model_fields}
