"""Wording: how a survey asks, and what its scores are called, in the language of the moment."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ambidesk.relation.feedback.models import Invitation, Survey
from ambidesk.relation.feedback.rules.scales import SurveyKind, scale_of

FACES = ("😞", "🙁", "😐", "🙂", "😍")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One score that can be chosen: what is shown, and what it is called."""

    score: int
    shown: str
    words: str


def question_of(survey: Survey) -> str:
    """The question itself."""
    if survey.question:
        return survey.question
    if survey.is_periodic:
        return _general(SurveyKind(survey.kind))
    match SurveyKind(survey.kind):
        case SurveyKind.CSAT:
            return _("How did we help you?")
        case SurveyKind.NPS:
            return _("How likely are you to recommend us to a friend?")
        case SurveyKind.CES:
            return _("How easy was it to get your request solved?")


def _general(kind: SurveyKind) -> str:
    """The question of a survey that is about no single request."""
    match kind:
        case SurveyKind.CSAT:
            return _("How satisfied are you with us?")
        case SurveyKind.NPS:
            return _("How likely are you to recommend us to a friend?")
        case SurveyKind.CES:
            return _("How easy is it to deal with us?")


def choices_of(kind: str) -> tuple[Choice, ...]:
    """The scores of a kind of survey, the lowest first."""
    if kind == SurveyKind.CSAT:
        words = (_("Very bad"), _("Bad"), _("So-so"), _("Good"), _("Excellent"))
        named = zip(FACES, words, strict=True)
        return tuple(Choice(score=n, shown=f, words=w) for n, (f, w) in enumerate(named, start=1))
    low, high = _ends(kind)
    scale = scale_of(kind)
    ends = {scale.low: f"{scale.low} – {low}", scale.high: f"{scale.high} – {high}"}
    return tuple(
        Choice(score=score, shown=str(score), words=ends.get(score, str(score)))
        for score in scale.scores
    )


def _ends(kind: str) -> tuple[str, str]:
    if kind == SurveyKind.NPS:
        return pgettext("survey", "not at all"), pgettext("survey", "certainly")
    return pgettext("survey", "very hard"), pgettext("survey", "very easy")


def language_of(invitation: Invitation) -> str:
    """The language to ask in: the person's own where it is known, else the brand's."""
    spoken = invitation.person.language
    return spoken if spoken in {"en", "ru"} else invitation.ticket.brand.language
