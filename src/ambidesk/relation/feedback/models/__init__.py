"""The rows of feedback: surveys, invitations, ratings."""

from ambidesk.relation.feedback.models.invitation import Invitation, InvitationState, Spared, Way
from ambidesk.relation.feedback.models.rating import Rating
from ambidesk.relation.feedback.models.refusal import SurveyRefusal
from ambidesk.relation.feedback.models.survey import Occasion, Survey

__all__ = [
    "Invitation",
    "InvitationState",
    "Occasion",
    "Rating",
    "Spared",
    "Survey",
    "SurveyRefusal",
    "Way",
]
