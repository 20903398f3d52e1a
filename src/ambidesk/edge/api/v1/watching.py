"""What is watched: incidents, surveys and ratings, figures, promises."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from ambidesk.across.insight import reading
from ambidesk.across.insight.questions import Question
from ambidesk.across.insight.rights import InsightRight
from ambidesk.across.insight.rules.measures import DAILY, READINGS, value_of
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import one, ticket_of
from ambidesk.edge.api.schemas import Input, Instant, Key, Output, Page, Paging
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.relation.feedback.models import Rating
from ambidesk.support.incidents import deciding
from ambidesk.support.incidents.models import Incident
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Watch"
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
LONGEST = timedelta(days=731)


class IncidentOut(Output):
    """A mass fault."""

    id: int
    brand_id: int
    state: str
    title: str
    began_at: Instant
    closed_at: Instant | None


class Title(Input):
    """What it is called from now on."""

    title: str = Field(min_length=1, max_length=200)


class RatingOut(Output):
    """What a requester thought of it."""

    score: int
    is_good: bool
    comment: str
    rated_at: Instant


class Ratings(Output):
    """The ratings of a ticket."""

    items: list[RatingOut]


class Period(Input):
    """The days that are asked about, from `first` until before `until`."""

    first: Day
    until: Day


class FigureOut(Output):
    """One figure and how it is read; times are in seconds, shares between 0 and 1."""

    measure: str
    shape: Literal["number", "median", "share", "net", "score", "per_solved"]
    value: float | None


class Figures(Output):
    """All figures of a period; what each means stands in docs/metrics.md."""

    items: list[FigureOut]


class WrongPeriod(InvalidInput):
    """It has no days, or too many."""

    sentence = _("A period has from one day to two years.")


@operation(
    "GET", "incidents", right=IncidentRight.DECIDE, name="listIncidents", gives=Page[IncidentOut]
)
def show_incidents(request: Call, paging: Query[Paging]) -> dict[str, Any]:
    """List incidents"""
    rows = Incident.objects.visible_to(request.actor)
    return page_of(rows, of="incidents", after=paging.after, limit=paging.limit, show=_incident)


@operation(
    "PUT",
    "incidents/{int:incident}/acceptance",
    right=IncidentRight.DECIDE,
    name="acceptIncident",
    gives=IncidentOut,
)
def accept(request: Call, incident: Key, body: Title) -> dict[str, Any]:
    """Say that it is one"""
    found = one(Incident.objects.visible_to(request.actor), incident)
    made = deciding.accept(found, title=body.title, by=request.actor, at=request.at)
    return _incident(made)


@operation(
    "PUT",
    "incidents/{int:incident}/dismissal",
    right=IncidentRight.DECIDE,
    name="dismissIncident",
    gives=IncidentOut,
)
def dismiss(request: Call, incident: Key) -> dict[str, Any]:
    """Say that it is none"""
    found = one(Incident.objects.visible_to(request.actor), incident)
    return _incident(deciding.dismiss(found, by=request.actor, at=request.at))


@operation(
    "GET",
    "tickets/{int:number}/ratings",
    right=TicketRight.SEE,
    name="listRatings",
    gives=Ratings,
)
def show_ratings(request: Call, number: Key) -> dict[str, Any]:
    """List the ratings of a ticket"""
    ticket = ticket_of(request.actor, number)
    rows = Rating.objects.filter(invitation__ticket=ticket).order_by("rated_at")
    return {
        "items": [
            {
                "score": each.score,
                "is_good": each.is_good,
                "comment": each.comment,
                "rated_at": each.rated_at,
            }
            for each in rows
        ]
    }


@operation("GET", "figures", right=InsightRight.SEE, name="getFigures", gives=Figures)
def show_figures(request: Call, period: Query[Period]) -> dict[str, Any]:
    """
    Read the figures of a period

    Of the brands that the key reaches.
    """
    if not timedelta() < period.until - period.first <= LONGEST:
        raise WrongPeriod(field="query.until")
    question = Question(first=period.first, until=period.until)
    sums = reading.tallies(question, actor=request.actor)
    return {
        "items": [
            {
                "measure": measure.value,
                "shape": READINGS[measure].shape.value,
                "value": value_of(measure, sums),
            }
            for measure in DAILY
        ]
    }


def _incident(row: Incident) -> dict[str, Any]:
    return {
        "id": row.pk,
        "brand_id": row.brand_id,
        "state": row.state,
        "title": row.title,
        "began_at": row.began_at,
        "closed_at": row.closed_at,
    }
