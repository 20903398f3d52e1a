"""
Erasing a person: words, raw mails, files, search entries and addresses go; ids and structure stay.

The journal carries ids and impersonal values only and needs no rewriting.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.across.privacy.models import Erasure
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import remove
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.forgetting import forget_person
from ambidesk.parties.people.erasing import erase as erase_person
from ambidesk.parties.people.models import Person
from ambidesk.parties.staff.models import Member
from ambidesk.relation.feedback.erasing import erase_feedback
from ambidesk.support.channels.widget.erasing import erase_visits
from ambidesk.support.conversations.erasing import erase_messages
from ambidesk.support.conversations.models import Direction, Message
from ambidesk.support.desk.erasing import erase_batches, erase_drafts, erase_reminders
from ambidesk.support.scripts.erasing import erase_answers
from ambidesk.support.tickets.erasing import erase_tickets


class WorksHere(Refusal):
    """A member of staff is dismissed first."""

    sentence = _("This person works here. Close their account first.")


def erase(person: Person, *, by: Actor, at: datetime) -> Erasure:
    """
    Erase everything that a person said or that names them; safe to repeat.

    Raises:
        WorksHere: the person has an open account.
    """
    with transaction.atomic():
        if Member.objects.filter(person=person, user__is_active=True).exists():
            raise WorksHere
        ours = Message.objects.filter(
            direction=Direction.OUTBOUND, filings__ticket__requester=person
        )
        blobs = erase_messages(person, also=ours.values_list("pk", flat=True), at=at)
        blobs += erase_drafts(person)
        erase_batches(person)
        blobs += erase_visits(person)
        erase_reminders(person)
        erase_answers(person)
        erase_tickets(person, at=at)
        erase_feedback(person)
        erase_person(person, by=by, at=at)
        forget_person(person.pk)
        erasure, _made = Erasure.objects.get_or_create(
            person=person,
            defaults={"at": at, "actor_kind": by.kind.value, "actor_id": by.id},
        )
    # Content goes when its rows are committed: a rolled back erasure must lose nothing.
    remove(Blob.objects.filter(pk__in=blobs), at=at)
    return erasure


def replay(person_ids: Iterable[int], *, by: Actor, at: datetime) -> int:
    """Erase again those of the ledger, as after a restore of an older backup; say how many."""
    persons = Person.objects.filter(pk__in=list(person_ids))
    for person in persons:
        erase(person, by=by, at=at)
    return len(persons)
