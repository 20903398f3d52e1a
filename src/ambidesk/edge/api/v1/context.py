"""Context: who calls or what was scanned, and all that the key may know of it, in one answer."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from ambidesk.across.context.card import Card
from ambidesk.across.context.finding import By, Hit, chosen, find
from ambidesk.across.context.reading import read_card
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.schemas import Input, Instant, Output
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.relation.feedback.results import Result

NOUN = "Context"


class AskOnce(InvalidInput):
    """It is asked by one thing at a time."""

    sentence = _("Ask by exactly one parameter.")


class CardAsked(Input):
    """Exactly one of the five; `of` is the key of a find of an earlier answer."""

    phone: str = Field("", max_length=60)
    email: str = Field("", max_length=320)
    name: str = Field("", max_length=200)
    serial: str = Field("", max_length=80)
    label: str = Field("", max_length=200)
    of: str = Field("", max_length=40, description="Which find the card is wanted of")


class FindOut(Output):
    """One thing that may be meant, and why."""

    key: str
    title: str
    detail: str
    why: str


class PostOut(Output):
    """For which company somebody speaks."""

    company_id: int
    company: str
    post: str
    department: str


class CardPersonOut(Output):
    """Who it is."""

    id: int
    name: str
    addresses: list[str]
    remark: str
    posts: list[PostOut]


class CardCompanyOut(Output):
    """The company that it is about."""

    id: int
    name: str
    industry: str
    group: str
    is_archived: bool


class CardAuthorityOut(Output):
    """What the person may, in a sentence, and what they may and may not be told."""

    sentence: str
    told: list[str]
    untold: list[str]


class StewardOut(Output):
    """Somebody of the service team."""

    name: str
    duty: str
    post: str
    qualification: str
    instead_of: str


class CardPackageOut(Output):
    """What is left of a package."""

    name: str
    left: Decimal
    granted: Decimal
    unit: str
    used_percent: int


class AgreementOut(Output):
    """A contract in force."""

    id: int
    number: str
    title: str
    until: date | None
    promises: list[str]
    packages: list[CardPackageOut]


class CardDebtOut(Output):
    """What is owed in one currency."""

    currency: str
    amount: Decimal
    overdue: Decimal
    since: date | None


class PlaceOut(Output):
    """A site of the company."""

    id: int
    name: str
    code: str
    address: str
    is_here: bool


class CardRepairOut(Output):
    """One repair."""

    at: Instant
    words: str
    is_failure: bool


class EquipmentOut(Output):
    """A piece of equipment; `failures` are those of 90 days."""

    id: int
    model: str
    serial: str
    place: str
    site: str
    warranty: str
    failures: int
    repairs: list[CardRepairOut]
    is_here: bool


class RequestOut(Output):
    """An open request."""

    number: int
    subject: str
    state: str
    site: str
    last_at: Instant
    due_at: Instant | None


class ScoreOut(Output):
    """What the person answered last."""

    ticket_id: int
    score: int
    words: str
    is_good: bool
    comment: str
    at: Instant


class HintOut(Output):
    """What to mind, by the rules of the desk."""

    words: str
    look: str


class CardOut(Output):
    """The card; what the key does not reach is as if it were not there."""

    person: CardPersonOut | None
    company: CardCompanyOut | None
    hints: list[HintOut]
    authorities: list[CardAuthorityOut]
    covered_sites: int
    team: list[StewardOut]
    contracts: list[AgreementOut]
    debts: list[CardDebtOut]
    stops: list[str]
    sites: list[PlaceOut]
    sites_number: int
    assets: list[EquipmentOut]
    requests: list[RequestOut]
    requests_number: int
    scores: list[ScoreOut]


class ContextOut(Output):
    """What may be meant, and the card where it is one thing or the one that was asked for."""

    finds: list[FindOut]
    card: CardOut | None


@operation("GET", "context", right=CompaniesRight.SEE, name="readContext", gives=ContextOut)
def show(request: Call, asked: Query[CardAsked]) -> dict[str, Any]:
    """Read the context of a caller or a thing"""
    given = [(way, getattr(asked, way.value)) for way in By if getattr(asked, way.value)]
    if len(given) != 1:
        raise AskOnce(field="query")
    hits = find(given[0][1], by=request.actor, only=given[0][0])
    card = _card(request, hits, asked.of)
    return {"finds": [_find(hit) for hit in hits], "card": card and _shown(card)}


def _card(request: Call, hits: tuple[Hit, ...], of: str) -> Card | None:
    about, _key = chosen(hits, of)
    card = read_card(about, by=request.actor, at=request.at) if about else None
    return None if card is None or card.is_empty else card


def _find(hit: Hit) -> dict[str, Any]:
    return {"key": hit.key, "title": hit.title, "detail": hit.detail, "why": str(hit.why)}


def _shown(card: Card) -> dict[str, Any]:
    person = card.person
    return {
        "person": person and {**asdict(person), "addresses": [v for _kind, v in person.addresses]},
        "company": card.company and asdict(card.company),
        "hints": [asdict(each) for each in card.hints],
        "authorities": [
            {"sentence": each.sentence, "told": each.told, "untold": each.untold}
            for each in card.authorities
        ],
        "covered_sites": card.covered_sites,
        "team": [{**asdict(each), "duty": each.duty.value} for each in card.team],
        "contracts": [asdict(each) for each in card.contracts],
        "debts": [asdict(each) for each in card.debts],
        "stops": card.stops,
        "sites": [asdict(each) for each in card.sites],
        "sites_number": card.sites_number,
        "assets": [asdict(each) for each in card.assets],
        "requests": [asdict(each) for each in card.requests],
        "requests_number": card.requests_number,
        "scores": [_score(each) for each in card.scores],
    }


def _score(result: Result) -> dict[str, Any]:
    return {
        "ticket_id": result.ticket_id,
        "score": result.choice.score,
        "words": result.choice.words or result.choice.shown,
        "is_good": result.is_good,
        "comment": result.comment,
        "at": result.at,
    }
