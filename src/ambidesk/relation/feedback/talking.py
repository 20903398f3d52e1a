"""
Talking: the question stands where the talk was, and is answered there.

Only the requester of a ticket is asked: a talk that was merged into somebody else's rates nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.relation.feedback.models import Invitation, InvitationState, Rating, Way
from ambidesk.relation.feedback.offering import AskedLately, NoSurvey, WantsNone, offer
from ambidesk.relation.feedback.rating import can_rate, comment, rate
from ambidesk.relation.feedback.refusing import refuses
from ambidesk.relation.feedback.surveying import survey_for
from ambidesk.relation.feedback.wording import Choice, choices_of, question_of
from ambidesk.support.tickets.models import Ticket


class NothingToRate(Refusal):
    """Nothing has ended, or nothing is asked about it."""

    sentence = _("There is nothing to rate here yet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and what was answered before; `score` is None until something was."""

    question: str
    choices: Sequence[Choice]
    score: int | None
    has_comment: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody chose, and what they add."""

    score: int
    words: str
    way: Way


def question_in_place(ticket: Ticket, *, person: int, at: datetime) -> Question | None:
    """The question about a ticket that is over, for one person; None when nothing is asked."""
    if not _may_be_asked(ticket, person):
        return None
    invitation = _asked(ticket)
    rating = _rating_of(invitation)
    if rating is None and refuses(person, brand=ticket.brand_id):
        return None
    if invitation is None:
        survey = survey_for(ticket)
        if survey is None:
            return None
        invitation = Invitation(survey=survey, ticket=ticket)
    elif invitation.state == InvitationState.OFFERED and not can_rate(invitation, rating, at=at):
        return None
    return Question(
        question=question_of(invitation.survey),
        choices=choices_of(invitation.survey.kind),
        score=rating.score if rating else None,
        has_comment=bool(rating and rating.comment),
    )


@transaction.atomic
def rate_in_place(ticket: Ticket, given: Given, *, person: int, by: Actor, at: datetime) -> Rating:
    """
    Take score and words of the requester for a ticket that is over, asked before or not.

    Raises:
        NothingToRate: it is not over, not theirs, or nothing is asked.
        NotOnTheScale, TooLate: see `rate`.
    """
    ticket = Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)
    if not _may_be_asked(ticket, person):
        raise NothingToRate
    invitation = _asked(ticket)
    if invitation is None or invitation.state == InvitationState.PLANNED:
        try:
            invitation = offer(ticket, way=given.way, by=by, at=at)
        except (NoSurvey, AskedLately, WantsNone) as not_now:
            raise NothingToRate from not_now
    rating = rate(invitation, given.score, way=given.way, at=at)
    return comment(invitation, given.words, at=at) if given.words.strip() else rating


def _may_be_asked(ticket: Ticket, person: int) -> bool:
    return ticket.is_ended and ticket.merged_into_id is None and ticket.requester_id == person


def _asked(ticket: Ticket) -> Invitation | None:
    about = Invitation.objects.filter(ticket=ticket, is_periodic=False)
    rows = about.exclude(state=InvitationState.SPARED)
    return rows.select_related("survey", "person", "ticket__brand", "rating").first()


def _rating_of(invitation: Invitation | None) -> Rating | None:
    return getattr(invitation, "rating", None)
