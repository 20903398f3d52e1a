"""What is watched: ratings and figures."""

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
from ambidesk.edge.api.reaching import ticket_of
from ambidesk.edge.api.schemas import Input, Instant, Key, Output
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.relation.feedback.models import Rating
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Watch"
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
LONGEST = timedelta(days=731)


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
