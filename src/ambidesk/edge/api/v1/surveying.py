"""Surveys and what was answered."""

from datetime import timedelta
from typing import Any, Literal

from django.db.models import Q, QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import (
    brand_named,
    brands_of,
    channels_of,
    named_if,
    one,
    team_named,
)
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.directory import NamedOut
from ambidesk.relation.feedback.models import Occasion, Rating, Survey
from ambidesk.relation.feedback.rights import FeedbackRight
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.surveying import Asking, archive_survey, set_up_survey
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Surveys"
SEE, MANAGE = TicketRight.SEE, FeedbackRight.MANAGE
MOST_HOURS, MOST_DAYS = 24 * 366, 3660


class NewSurvey(Input):
    """What is asked of whom and when; without brand, team or channel of all of them."""

    name: str = Field(min_length=1, max_length=80)
    kind: Literal["csat", "nps", "ces"] = "csat"
    occasion: Literal["closing", "periodic"] = "closing"
    brand_id: Id | None = None
    team_id: Id | None = None
    channel_id: Id | None = None
    question: str = Field("", max_length=200)
    ask_after_hours: int = Field(1, ge=0, le=MOST_HOURS)
    quiet_for_days: int = Field(14, ge=0, le=MOST_DAYS)
    open_for_days: int = Field(30, ge=1, le=MOST_DAYS)
    change_for_days: int = Field(7, ge=0, le=MOST_DAYS)
    every_days: int = Field(90, ge=1, le=MOST_DAYS)
    active_within_days: int = Field(180, ge=1, le=MOST_DAYS)
    least_tickets: int = Field(1, ge=1, le=1000)
    most_a_day: int = Field(200, ge=1, le=100_000)


class SurveyOut(NamedOut):
    """What is asked of requesters, and when."""

    kind: str
    occasion: str
    brand_id: int | None
    team_id: int | None
    channel_id: int | None
    question: str
    ask_after_hours: int
    quiet_for_days: int
    open_for_days: int
    change_for_days: int
    every_days: int
    active_within_days: int
    least_tickets: int
    most_a_day: int


class AnswerOut(Output):
    """What a requester answered, about which ticket."""

    ticket: int
    score: int
    is_good: bool
    comment: str
    rated_at: Instant


def _surveys(request: Call) -> QuerySet[Survey]:
    return Survey.objects.filter(Q(brand=None) | Q(brand__in=brands_of(request.actor)))


def _save(request: Call, row: Survey | None, body: NewSurvey) -> Survey:
    channels = channels_of(request.actor)
    channel = named_if(channels, body.channel_id, field="channel_id")
    asking = Asking(
        name=body.name,
        kind=SurveyKind(body.kind),
        occasion=Occasion(body.occasion),
        brand=brand_named(request.actor, body.brand_id),
        team=team_named(request.actor, body.team_id),
        channel=channel,
        question=body.question,
        ask_after=timedelta(hours=body.ask_after_hours),
        quiet_for=timedelta(days=body.quiet_for_days),
        open_for=timedelta(days=body.open_for_days),
        change_for=timedelta(days=body.change_for_days),
        every=timedelta(days=body.every_days),
        active_within=timedelta(days=body.active_within_days),
        least_tickets=body.least_tickets,
        most_a_day=body.most_a_day,
    )
    return set_up_survey(row, asking, by=request.actor, at=request.at)


def _survey(row: Survey) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "is_archived": row.archived_at is not None,
        "kind": row.kind,
        "occasion": row.occasion,
        "brand_id": row.brand_id,
        "team_id": row.team_id,
        "channel_id": row.channel_id,
        "question": row.question,
        "ask_after_hours": int(row.ask_after.total_seconds()) // 3600,
        "quiet_for_days": row.quiet_for.days,
        "open_for_days": row.open_for.days,
        "change_for_days": row.change_for.days,
        "every_days": row.every.days,
        "active_within_days": row.active_within.days,
        "least_tickets": row.least_tickets,
        "most_a_day": row.most_a_day,
    }


declare(
    Noun(
        chapter=NOUN,
        path="surveys",
        name="Survey",
        singular="a survey",
        plural="surveys",
        sees=SEE,
        changes=MANAGE,
        gives=SurveyOut,
        takes=NewSurvey,
        rows=_surveys,
        shown=lambda _request, row: _survey(row),
        save=_save,
        turn=lambda request, row: archive_survey(row, by=request.actor, at=request.at),
        shared=lambda row: row.brand_id is None,
    )
)


@operation(
    "GET",
    "surveys/{int:survey_id}/answers",
    right=MANAGE,
    name="listAnswers",
    gives=Page[AnswerOut],
)
def show_answers(request: Call, survey_id: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List what was answered about tickets that the key reaches, the latest first"""
    survey = one(_surveys(request), survey_id)
    seen = Ticket.objects.visible_to(request.actor)
    rows = Rating.objects.filter(invitation__survey=survey, invitation__ticket__in=seen)
    return page_of(
        rows.select_related("invitation"),
        of=f"answers:{survey_id}",
        after=paging.after,
        limit=paging.limit,
        show=_answer,
        newest_first=True,
    )


def _answer(row: Rating) -> dict[str, Any]:
    return {
        "ticket": row.invitation.ticket_id,
        "score": row.score,
        "is_good": row.is_good,
        "comment": row.comment,
        "rated_at": row.rated_at,
    }
