"""The rows of feedback: surveys, invitations, ratings."""

from ambidesk.relation.feedback.models.invitation import Invitation, InvitationState, Spared, Way
from ambidesk.relation.feedback.models.rating import Rating
from ambidesk.relation.feedback.models.survey import Survey

__all__ = ["Invitation", "InvitationState", "Rating", "Spared", "Survey", "Way"]
