"""Erasing: the words that a person added to their marks go; marks stay as numbers of nobody."""

from ambidesk.parties.people.models import Person
from ambidesk.relation.feedback.models import Invitation, Rating, SurveyRefusal


def erase_feedback(person: Person) -> None:
    """Blank the comments of a person; their links open nothing any more. Part of one verb."""
    Rating.objects.filter(invitation__person=person).update(comment="")
    Invitation.objects.filter(person=person).update(token_hash="")
    SurveyRefusal.objects.filter(person=person).delete()
