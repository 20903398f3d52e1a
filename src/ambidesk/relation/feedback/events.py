"""What happened to surveys and to the tickets that people were asked about."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.relation.feedback.models import Way
from ambidesk.relation.feedback.rules.scales import SurveyKind

SUBJECT = ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySetUp(Event):
    """A survey was set up, changed, or taken out of use."""

    kind: ClassVar[str] = "feedback.survey_set_up"
    subject: ClassVar[tuple[str, str]] = ("survey", "survey_id")

    survey_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackOffered(Event):
    """The requester was asked."""

    kind: ClassVar[str] = "feedback.offered"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    invitation_id: int
    survey: SurveyKind
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRated(Event):
    """The requester answered, or changed their mind; `before` is what they had said."""

    kind: ClassVar[str] = "feedback.rated"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    invitation_id: int
    survey: SurveyKind
    score: int
    is_good: bool
    before: int | None
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRefused(Event):
    """A person does not want to be asked by a brand, or may be asked again."""

    kind: ClassVar[str] = "feedback.refused"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
    brand_id: int
    is_refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackDoubted(Event):
    """An answer turned out to be that of a machine and was taken back."""

    kind: ClassVar[str] = "feedback.doubted"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    invitation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackCommented(Event):
    """The requester added words."""

    kind: ClassVar[str] = "feedback.commented"
    subject: ClassVar[tuple[str, str]] = SUBJECT

    ticket_id: int
    invitation_id: int
