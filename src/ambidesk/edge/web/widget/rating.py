"""Rating in place: the question that the desk asks after closing, put where the talk was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.relation.feedback.models import Invitation, InvitationState, Rating, Way
from ambidesk.relation.feedback.offering import AskedLately, NoSurvey, offer
from ambidesk.relation.feedback.rating import can_rate, comment
from ambidesk.relation.feedback.rating import rate as take_rating
from ambidesk.relation.feedback.surveying import survey_for
from ambidesk.relation.feedback.wording import choices_of, question_of
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.speaking import last_ticket
from ambidesk.support.channels.widget.visiting import actor_of
from ambidesk.support.tickets.models import Ticket

SPARED = InvitationState.SPARED


class NotOver(Refusal):
    """Nothing is asked before the end, or nothing is asked at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a visitor chose, and what they add."""

    score: int
    words: str


def question_shape(ticket: Ticket, *, at: datetime) -> dict[str, Any] | None:
    """The question about a ticket that is over, with its choices; None when nothing is asked."""
    invitation = _asked(ticket)
    rating = Rating.objects.filter(invitation=invitation).first() if invitation else None
    if invitation is None:
        survey = survey_for(ticket)
        if survey is None:
            return None
        invitation = Invitation(survey=survey, ticket=ticket)
    elif invitation.state == InvitationState.OFFERED and not can_rate(invitation, rating, at=at):
        return None
    choices = choices_of(invitation.survey.kind)
    return {
        "question": question_of(invitation),
        "choices": [{"score": each.score, "words": each.words} for each in choices],
        "score": rating.score if rating else None,
        "comment": bool(rating and rating.comment),
    }


def rate(visitor: Visitor, given: Given, *, at: datetime) -> Rating:
    """
    Take the score of the talk that ended last, and words if there are some.

    Raises:
        NotOver: nothing has ended, or nothing is asked.
        NotOnTheScale, TooLate: see relation.feedback.
    """
    ticket = last_ticket(visitor)
    if ticket is None or not ticket.is_ended:
        raise NotOver
    invitation = _asked(ticket)
    if invitation is None or invitation.state == InvitationState.PLANNED:
        try:
            invitation = offer(ticket, way=Way.WIDGET, by=actor_of(visitor.channel), at=at)
        except (NoSurvey, AskedLately) as not_now:
            raise NotOver from not_now
    rating = take_rating(invitation, given.score, way=Way.WIDGET, at=at)
    return comment(invitation, given.words, at=at) if given.words.strip() else rating


def _asked(ticket: Ticket) -> Invitation | None:
    rows = Invitation.objects.filter(ticket=ticket).exclude(state=SPARED)
    return rows.select_related("survey", "person", "ticket__brand").first()
