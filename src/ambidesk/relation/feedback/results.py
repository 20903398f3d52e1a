"""Results: what a ticket's requester said, what a person said so far, and marks from elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Event
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Person
from ambidesk.relation.feedback.events import FeedbackCommented, FeedbackOffered, FeedbackRated
from ambidesk.relation.feedback.models import Invitation, InvitationState, Rating, Survey, Way
from ambidesk.relation.feedback.rules.scales import SurveyKind, scale_of
from ambidesk.relation.feedback.tokens import fresh_nonce
from ambidesk.relation.feedback.wording import Choice, choices_of
from ambidesk.support.tickets.models import Ticket, TicketQuerySet
from ambidesk.support.tickets.recording import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What somebody answered: the mark as it is shown and called, their words, about what."""

    ticket_id: int
    kind: SurveyKind
    choice: Choice
    is_good: bool
    highest: int
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A mark that was given elsewhere or earlier: asked and answered at these instants."""

    ticket: Ticket
    offered_at: datetime
    score: int | None = None
    rated_at: datetime | None = None
    comment: str = ""


def results_about(ticket: Ticket) -> list[Result]:
    """What the requester of a ticket answered about it, the latest first."""
    rows = Rating.objects.filter(invitation__ticket=ticket)
    return list(told(rows.order_by("-changed_at", "-pk")))


def results_of(person: Person, *, among: TicketQuerySet) -> list[Result]:
    """What a person answered about these tickets, the latest first."""
    rows = Rating.objects.filter(
        invitation__person__whole=person.whole, invitation__ticket__in=among
    )
    return list(told(rows.order_by("-changed_at")[:20]))


@transaction.atomic
def record_given(survey: Survey, given: Sequence[Given], *, by: Actor, at: datetime) -> None:
    """Put down marks from elsewhere; what was asked about already is passed over."""
    asked = {each.ticket.pk: each for each in given}
    rows = Invitation.objects.filter(ticket__in=asked, is_periodic=survey.is_periodic)
    open_ones = rows.exclude(state=InvitationState.SPARED)
    known = set(open_ones.values_list("ticket_id", flat=True))
    new = [each for number, each in asked.items() if number not in known]
    invitations = Invitation.objects.bulk_create([_invited(survey, each) for each in new])
    scale = scale_of(survey.kind)
    ratings = [
        Rating(
            invitation=invitation,
            score=each.score,
            is_good=scale.is_good(each.score),
            way=Way.IMPORT,
            rated_at=each.rated_at or each.offered_at,
            changed_at=each.rated_at or each.offered_at,
            comment=each.comment,
        )
        for each, invitation in zip(new, invitations, strict=True)
        if each.score is not None and scale.holds(each.score)
    ]
    Rating.objects.bulk_create(ratings)
    events = [_asked(survey, each) for each in invitations]
    journal.record_many(events, by=by, at=[each.offered_at or at for each in invitations])
    _record_ratings(survey, ratings, by=by)
    tell(each.ticket for each in new)


def _record_ratings(survey: Survey, ratings: Sequence[Rating], *, by: Actor) -> None:
    events: list[Event] = []
    moments: list[datetime] = []
    for each in ratings:
        ids = {"ticket_id": each.invitation.ticket_id, "invitation_id": each.pk}
        events.append(
            FeedbackRated(
                **ids,
                survey=SurveyKind(survey.kind),
                score=each.score,
                is_good=each.is_good,
                before=None,
                way=Way.IMPORT,
            )
        )
        moments.append(each.rated_at)
        if each.comment:
            events.append(FeedbackCommented(**ids))
            moments.append(each.rated_at)
    journal.record_many(events, by=by, at=moments)


def _invited(survey: Survey, each: Given) -> Invitation:
    return Invitation(
        survey=survey,
        is_periodic=survey.is_periodic,
        ticket=each.ticket,
        person_id=each.ticket.requester_id,
        state=InvitationState.OFFERED,
        way=Way.IMPORT,
        solved_at=each.ticket.solved_at or each.offered_at,
        due_at=each.offered_at,
        offered_at=each.offered_at,
        expires_at=each.offered_at + survey.open_for,
        nonce=fresh_nonce(),
    )


def _asked(survey: Survey, invitation: Invitation) -> FeedbackOffered:
    return FeedbackOffered(
        ticket_id=invitation.ticket_id,
        invitation_id=invitation.pk,
        survey=SurveyKind(survey.kind),
        way=Way.IMPORT,
    )


def told(rows: QuerySet[Rating]) -> Iterable[Result]:
    """Tell marks as they are shown, in the order of the rows."""
    for row in rows.select_related("invitation__survey"):
        kind = row.invitation.survey.kind
        choices = choices_of(kind)
        shown = {each.score: each for each in choices}
        yield Result(
            ticket_id=row.invitation.ticket_id,
            kind=SurveyKind(kind),
            choice=shown[row.score],
            is_good=row.is_good,
            highest=choices[-1].score,
            comment=row.comment,
            at=row.changed_at,
        )
