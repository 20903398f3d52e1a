"""Pressing: a mark by a button in a messenger, and words by a reply to the message that asked."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.relation.feedback.models import Invitation, Way
from ambidesk.relation.feedback.rating import comment, rate
from ambidesk.relation.feedback.wording import choices_of, language_of
from ambidesk.support.channels.contract.inbound import Sender
from ambidesk.support.channels.intake.remarks import Choice, Reply

PREFIX: Final = "rate:"


def value_of(invitation: Invitation, score: int) -> str:
    """What a button carries; it is good in the hands of whoever was asked only."""
    return f"{PREFIX}{invitation.pk}:{score}"


def take_mark(choice: Choice, *, by: Actor, at: datetime) -> str:  # noqa: ARG001 the person acts
    """Take the mark of whoever was asked; say what stands in place of the question."""
    number, _colon, score = choice.value.removeprefix(PREFIX).partition(":")
    if not _is_number(number) or not _is_number(score):
        return ""
    invitation = _asked(choice.sender).filter(pk=int(number)).first()
    if invitation is None:
        return ""
    with translation.override(language_of(invitation)):
        try:
            rating = rate(invitation, int(score), way=Way.MESSENGER, at=at)
        except Refusal as refusal:
            return str(refusal)
        chosen = next(e for e in choices_of(invitation.survey.kind) if e.score == rating.score)
        said = chosen.words if chosen.words == chosen.shown else f"{chosen.shown} {chosen.words}"
        thanks = _("Thank you! You chose: %(chosen)s.") % {"chosen": said}
        more = _("If you want to add a few words, reply to this message.")
    return f"{thanks}\n\n{more}"


def take_words(reply: Reply, *, by: Actor, at: datetime) -> bool:  # noqa: ARG001 the person acts
    """Take the words that somebody adds to their mark; before a mark they are words of the talk."""
    invitation = _asked(reply.sender).filter(message=reply.message).first()
    if invitation is None:
        return False
    try:
        comment(invitation, reply.text, at=at)
    except Refusal:
        return False
    return True


def _asked(sender: Sender) -> QuerySet[Invitation]:
    """The questions that were put to this account."""
    rows = Invitation.objects.filter(message__deliveries__recipient__value=sender.value)
    return rows.select_related("survey", "person", "ticket__brand")


def _is_number(told: str) -> bool:
    return told.isascii() and told.isdecimal() and len(told) < 18
