"""Erasing: words about a person's requests, and in which they answered; the decisions stay."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ambidesk.parties.people.models import Person
from ambidesk.support.approvals.models import Answer, Approval


@transaction.atomic
def erase_approvals(person: Person, *, at: datetime) -> Collection[int]:  # noqa: ARG001 every atomic change is of an instant
    """Blank the words and let go of files; give the ids of their contents."""
    Approval.objects.filter(ticket__requester=person).update(title="", words="")
    theirs = Q(contact__person=person) | Q(speaker__person=person)
    theirs |= Q(approval__ticket__requester=person)
    answers = Answer.objects.filter(theirs)
    blobs = list(answers.exclude(blob=None).values_list("blob", flat=True))
    answers.update(words="", file_name="", blob=None)
    return blobs
