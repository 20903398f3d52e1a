"""
Rating: the person answers, may change their mind for a while, and may add words.

A score that a page sent by itself is taken back when it looks like that of a mail scanner; from
then on only a pressed button counts.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.relation.feedback.events import FeedbackCommented, FeedbackDoubted, FeedbackRated
from ambidesk.relation.feedback.models import Invitation, Rating, Way
from ambidesk.relation.feedback.rules.believing import is_contradicted, is_too_soon
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record

LONGEST_COMMENT = 4_000


class NotOnTheScale(InvalidInput):
    """There is no such score."""

    sentence = _("Choose one of the ratings.")


class TooLate(Refusal):
    """The link has expired, or the time to change one's mind is over."""

    sentence = _("It is too late to answer this question. Thank you all the same.")


class PressTheButton(Refusal):
    """A page sent a score by itself that nobody may have seen."""

    sentence = _("Press the button to send your rating.")


class RateFirst(Refusal):
    """Words go with a mark."""

    sentence = _("Choose a rating first.")


def rate(
    invitation: Invitation, score: int, *, way: Way, by_itself: bool = False, at: datetime
) -> Rating:
    """
    Take the score that the person chose; the last one counts.

    `by_itself` says that a page sent it without a press of a button.

    Raises:
        NotOnTheScale: there is no such score.
        TooLate: the question is no longer open, or the mark can no longer be changed.
        PressTheButton: it came by itself and may be a machine's.
    """
    # What looks like a machine is remembered, which a rolled back transaction would not do.
    rating = _rate(invitation, score, way=way, by_itself=by_itself, at=at)
    if rating is None:
        raise PressTheButton
    return rating


@transaction.atomic
def comment(invitation: Invitation, words: str, *, at: datetime) -> Rating:
    """
    Add words to a mark, or put others in their place.

    Raises:
        RateFirst: there is no mark yet.
        TooLate: it can no longer be changed.
    """
    invitation, rating = _locked(invitation)
    if rating is None:
        raise RateFirst
    if not can_rate(invitation, rating, at=at):
        raise TooLate
    words = storable(words).strip()[:LONGEST_COMMENT]
    if words == rating.comment:
        return rating
    rating.comment = words
    rating.by_itself = False
    rating.save(update_fields=["comment", "by_itself"])
    event = FeedbackCommented(ticket_id=invitation.ticket_id, invitation_id=invitation.pk)
    record(event, invitation.ticket, by=_person(invitation), at=at)
    return rating


def can_rate(invitation: Invitation, rating: Rating | None, *, at: datetime) -> bool:
    """Say whether the question is open, or the mark can still be changed."""
    if invitation.person.erased_at or invitation.expires_at is None:
        return False
    if rating is None:
        return at < invitation.expires_at
    return at < rating.rated_at + invitation.survey.change_for


@transaction.atomic
def _rate(
    invitation: Invitation, score: int, *, way: Way, by_itself: bool, at: datetime
) -> Rating | None:
    invitation, rating = _locked(invitation)
    if not invitation.survey.scale.holds(score):
        raise NotOnTheScale(field="score")
    if not can_rate(invitation, rating, at=at):
        raise TooLate
    if by_itself and not _is_believed(invitation, rating, score=score, at=at):
        return None
    before = rating.score if rating else None
    if rating and before == score:
        rating.by_itself = rating.by_itself and by_itself
        rating.save(update_fields=["by_itself"])
        return rating
    rating = rating or Rating(invitation=invitation, rated_at=at)
    rating.score, rating.is_good = score, invitation.survey.scale.is_good(score)
    rating.way, rating.by_itself, rating.changed_at = way, by_itself, at
    rating.save()
    _record_rated(invitation, rating, before=before, at=at)
    return rating


def _locked(invitation: Invitation) -> tuple[Invitation, Rating | None]:
    # The ticket first, as everywhere: its row orders what its journal tells.
    Ticket.objects.select_for_update(no_key=True).get(pk=invitation.ticket_id)
    rows = Invitation.objects.select_for_update(of=("self",))
    row = rows.select_related("survey", "ticket__brand", "person").get(pk=invitation.pk)
    return row, Rating.objects.filter(invitation=row).first()


def _is_believed(
    invitation: Invitation, rating: Rating | None, *, score: int, at: datetime
) -> bool:
    if invitation.doubted_at or is_too_soon(offered_at=invitation.offered_at or at, at=at):
        return False
    if rating is None:
        return True
    if not is_contradicted(score=score, at=at, before=rating.score, before_at=rating.changed_at):
        return True
    Invitation.objects.filter(pk=invitation.pk).update(doubted_at=at)
    if rating.by_itself:
        rating.delete()
        event = FeedbackDoubted(ticket_id=invitation.ticket_id, invitation_id=invitation.pk)
        record(event, invitation.ticket, by=_person(invitation), at=at)
    return False


def _record_rated(
    invitation: Invitation, rating: Rating, *, before: int | None, at: datetime
) -> None:
    event = FeedbackRated(
        ticket_id=invitation.ticket_id,
        invitation_id=invitation.pk,
        survey=SurveyKind(invitation.survey.kind),
        score=rating.score,
        is_good=rating.is_good,
        before=before,
        way=Way(rating.way),
    )
    record(event, invitation.ticket, by=_person(invitation), at=at)


def _person(invitation: Invitation) -> Actor:
    return Actor(kind=ActorKind.PERSON, id=invitation.person_id)
