"""Incidents: decided, gathered, announced, answered as one, ended, and each of it undone."""

from typing import Any, Literal

from django.db.models import Count, Q, QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import one, ticket_of
from ambidesk.edge.api.schemas import Input, Instant, Key, Output, Page, Paging
from ambidesk.support.incidents import announcing, deciding, gathering, telling
from ambidesk.support.incidents.models import Broadcast, Incident, Joining
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.tickets.models import Ticket

NOUN = "Incidents"
DECIDE, TELL = IncidentRight.DECIDE, IncidentRight.TELL
INCIDENT = "incidents/{int:incident}"
ANSWERS = f"{INCIDENT}/answers"
JOINED = f"{INCIDENT}/tickets/{{int:number}}"
StateName = Literal["proposed", "open", "dismissed", "closed"]


class IncidentOut(Output):
    """A mass fault; it is proposed where alike tickets burst, and open once it was accepted."""

    id: int
    brand_id: int
    state: StateName
    title: str
    tickets: int = Field(description="How many it has gathered")
    banner_ru: str
    banner_en: str
    banner_since: Instant | None
    began_at: Instant
    closed_at: Instant | None


class IncidentFilter(Paging):
    """Which of them."""

    state: StateName | None = None


class Title(Input):
    """What it is called from now on."""

    title: str = Field(min_length=1, max_length=200)


class JoinedOut(Output):
    """A ticket of an incident."""

    ticket: int
    by_hand: bool
    at: Instant


class BannerWords(Input):
    """What visitors of the brand read, in either language or both."""

    ru: str = Field("", max_length=300)
    en: str = Field("", max_length=300)


class AnswerToAll(Input):
    """What all tickets are answered."""

    text: str = Field(min_length=1, max_length=20_000)


class IncidentEnding(Input):
    """What all are told when it is over; without words nobody is told."""

    text: str = Field("", max_length=20_000)


class BroadcastOut(Output):
    """One answer for all; until `due_at` it is taken back from everybody."""

    id: int
    text: str
    author_id: int | None
    solves: bool
    state: Literal["waiting", "sent", "withdrawn", "stopped"]
    due_at: Instant
    heard: int
    unheard: int


@operation("GET", "incidents", right=DECIDE, name="listIncidents", gives=Page[IncidentOut])
def show_all(request: Call, asked: Query[IncidentFilter]) -> dict[str, Any]:
    """List incidents"""
    rows = _seen(request).filter(state=asked.state) if asked.state else _seen(request)
    return page_of(rows, of="incidents", after=asked.after, limit=asked.limit, show=_incident)


@operation("GET", INCIDENT, right=DECIDE, name="getIncident", gives=IncidentOut)
def show(request: Call, incident: Key) -> dict[str, Any]:
    """Read an incident"""
    return _incident(_one(request, incident))


@operation("PUT", f"{INCIDENT}/acceptance", right=DECIDE, name="acceptIncident", gives=IncidentOut)
def accept(request: Call, incident: Key, body: Title) -> dict[str, Any]:
    """Say that it is one"""
    row = _one(request, incident)
    deciding.accept(row, title=body.title, by=request.actor, at=request.at)
    return show(request, incident)


@operation("PUT", f"{INCIDENT}/dismissal", right=DECIDE, name="dismissIncident", gives=IncidentOut)
def dismiss(request: Call, incident: Key) -> dict[str, Any]:
    """Say that it is none"""
    deciding.dismiss(_one(request, incident), by=request.actor, at=request.at)
    return show(request, incident)


@operation(
    "GET",
    f"{INCIDENT}/tickets",
    right=DECIDE,
    name="listIncidentTickets",
    gives=Page[JoinedOut],
)
def show_tickets(request: Call, incident: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List the tickets of an incident, in the order in which they joined"""
    seen = Ticket.objects.visible_to(request.actor)
    rows = Joining.objects.filter(
        incident=_one(request, incident), left_at=None, ticket__in=seen
    ).only("ticket_id", "by_hand", "at")
    of = f"joined:{incident}"
    return page_of(rows, of=of, after=paging.after, limit=paging.limit, show=_joined)


@operation("PUT", JOINED, right=DECIDE, name="joinIncident", gives=IncidentOut)
def join(request: Call, incident: Key, number: Key) -> dict[str, Any]:
    """Add a ticket; one that belongs to another incident changes over"""
    ticket = ticket_of(request.actor, number)
    gathering.join(_one(request, incident), ticket, by=request.actor, at=request.at)
    return show(request, incident)


@operation("DELETE", JOINED, right=DECIDE, name="leaveIncident", gives=IncidentOut)
def leave(request: Call, incident: Key, number: Key) -> dict[str, Any]:
    """Take a ticket out"""
    ticket = ticket_of(request.actor, number)
    gathering.leave(_one(request, incident), ticket, by=request.actor, at=request.at)
    return show(request, incident)


@operation("PUT", f"{INCIDENT}/banner", right=TELL, name="showBanner", gives=IncidentOut)
def announce(request: Call, incident: Key, body: BannerWords) -> dict[str, Any]:
    """Show a banner to the visitors of the brand; without words it is taken away"""
    words = {"ru": body.ru, "en": body.en}
    announcing.announce(_one(request, incident), words=words, by=request.actor, at=request.at)
    return show(request, incident)


@operation("DELETE", f"{INCIDENT}/banner", right=TELL, name="hideBanner", gives=IncidentOut)
def hide(request: Call, incident: Key) -> dict[str, Any]:
    """Take the banner away"""
    return announce(request, incident, BannerWords(ru="", en=""))


@operation("GET", ANSWERS, right=DECIDE, name="listBroadcasts", gives=Page[BroadcastOut])
def show_answers(request: Call, incident: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List what all tickets of an incident were answered, the latest first"""
    return page_of(
        _answers(_one(request, incident)),
        of=f"broadcasts:{incident}",
        after=paging.after,
        limit=paging.limit,
        show=_broadcast,
        newest_first=True,
    )


@operation("POST", ANSWERS, right=TELL, name="answerAll", gives=BroadcastOut, status=201)
def answer(request: Call, incident: Key, body: AnswerToAll) -> dict[str, Any]:
    """Answer all tickets of an incident, half a minute from now"""
    row = _one(request, incident)
    said = telling.answer_all(row, text=body.text, by=request.actor, at=request.at)
    return _broadcast(one(_answers(row), said.pk))


@operation(
    "DELETE",
    f"{ANSWERS}/{{int:broadcast}}",
    right=TELL,
    name="takeBroadcastBack",
    gives=BroadcastOut,
)
def take_back(request: Call, incident: Key, broadcast: Key) -> dict[str, Any]:
    """Take an answer to all back, from those who were not told yet; `heard` says who was"""
    row = _one(request, incident)
    telling.take_back(one(_answers(row), broadcast), by=request.actor, at=request.at)
    return _broadcast(one(_answers(row), broadcast))


@operation("PUT", f"{INCIDENT}/closure", right=TELL, name="endIncident", gives=IncidentOut)
def close(request: Call, incident: Key, body: IncidentEnding) -> dict[str, Any]:
    """Call an incident over; with words all are told, and their tickets are solved by it"""
    deciding.close(_one(request, incident), text=body.text, by=request.actor, at=request.at)
    return show(request, incident)


@operation("DELETE", f"{INCIDENT}/closure", right=TELL, name="resumeIncident", gives=IncidentOut)
def reopen(request: Call, incident: Key) -> dict[str, Any]:
    """Call an incident open again; what all are about to be told is taken back"""
    deciding.reopen(_one(request, incident), by=request.actor, at=request.at)
    return show(request, incident)


def _seen(request: Call) -> QuerySet[Incident]:
    joined = Count("joinings", filter=Q(joinings__left_at=None))
    return Incident.objects.visible_to(request.actor).annotate(tickets=joined)


def _one(request: Call, pk: int) -> Incident:
    return one(_seen(request), pk)


def _answers(incident: Incident) -> QuerySet[Broadcast]:
    # What has no refusal heard it; `~Q` alone would also count where nobody was told yet.
    heard = Count("told", filter=Q(told__refusal=""))
    unheard = Count("told", filter=Q(told__isnull=False) & ~Q(told__refusal=""))
    return incident.broadcasts.annotate(heard=heard, unheard=unheard)


def _incident(row: Incident) -> dict[str, Any]:
    return {name: getattr(row, name) for name in IncidentOut.model_fields}


def _joined(row: Joining) -> dict[str, Any]:
    return {"ticket": row.ticket_id, "by_hand": row.by_hand, "at": row.at}


def _broadcast(row: Broadcast) -> dict[str, Any]:
    return {name: getattr(row, name) for name in BroadcastOut.model_fields}
