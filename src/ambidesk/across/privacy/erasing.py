"""
Erasing a person: words, raw mails, files, search entries and addresses go; ids and structure stay.

The journal carries ids and impersonal values only and needs no rewriting.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.erasing import erase_runs
from ambidesk.across.importing.requesters import forget
from ambidesk.across.privacy.contents import unused
from ambidesk.across.privacy.models import Erasure
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import remove
from ambidesk.ground.kernel.refusal import NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.attempting import erase_answers as erase_replies
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.ground.search.forgetting import forget_person
from ambidesk.parties.authority.erasing import erase_account
from ambidesk.parties.companies.erasing import erase_contacts
from ambidesk.parties.consents.erasing import erase_consents
from ambidesk.parties.people.erasing import erase as erase_person
from ambidesk.parties.people.joining import lock_joins
from ambidesk.parties.people.models import Person
from ambidesk.parties.people.parts import parts_of
from ambidesk.parties.staff.erasing import erase_absences, erase_provision
from ambidesk.parties.staff.models import Member
from ambidesk.relation.feedback.erasing import erase_feedback
from ambidesk.support.approvals.erasing import erase_approvals
from ambidesk.support.channels.widget.erasing import erase_visits
from ambidesk.support.conversations.erasing import erase_messages
from ambidesk.support.conversations.models import Direction, Message
from ambidesk.support.coverage.erasing import erase_reasons
from ambidesk.support.desk.erasing import erase_batches, erase_drafts, erase_reminders
from ambidesk.support.handovers.erasing import erase_handovers, mails_about
from ambidesk.support.knowledge.erasing import erase_opinions
from ambidesk.support.promises.erasing import erase_excuses
from ambidesk.support.scripts.erasing import erase_answers
from ambidesk.support.telephony.erasing import erase_calls
from ambidesk.support.tickets.erasing import erase_tickets
from ambidesk.support.works.erasing import erase_works


class WorksHere(Refusal):
    """A member of staff is dismissed first."""

    sentence = _("This person works here. Close their account first.")


class NotOfAllBrands(NotEntitled):
    """What a person said to other brands is not theirs to erase."""

    sentence = _("Only who reaches all brands can erase a person.")


def erase(person: Person, *, by: Actor, at: datetime) -> list[Erasure]:
    """
    Erase everything that a person said or that names them, and whoever is one with them.

    Safe to repeat. Whoever shall be erased alone is taken apart first.

    Raises:
        WorksHere: the person has an open account.
        NotOfAllBrands: the actor does not reach all that would be erased.
    """
    if not by.may(ReachRight.SEE_EVERYTHING):
        raise NotOfAllBrands
    with transaction.atomic():
        # Whoever is joined meanwhile is erased too, or is joined to an erased one: that is refused.
        lock_joins()
        return _erase_all(parts_of(person), by=by, at=at)


def replay(person_ids: Iterable[int], *, by: Actor, at: datetime) -> int:
    """
    Erase again those of the ledger, as after a restore of an older backup; say how many.

    Each by itself: who was taken apart since may be one with others in the backup.
    """
    return sum(len(_erase_all([person], by=by, at=at)) for person in person_ids)


def _erase_all(persons: Collection[int], *, by: Actor, at: datetime) -> list[Erasure]:
    with transaction.atomic():
        lock_joins()
        parts = Person.objects.filter(pk__in=persons).order_by("pk")
        if Member.objects.filter(person__in=parts, user__is_active=True).exists():
            raise WorksHere
        # All or none: what names one of them names them all.
        done = [_erase(part, by=by, at=at) for part in parts]
        blobs = [pk for _erasure, theirs in done for pk in theirs]
        # Content goes when its rows are committed, by whoever began the transaction: a rolled back
        # erasure must lose nothing.
        transaction.on_commit(lambda: remove(Blob.objects.filter(pk__in=unused(blobs)), at=at))
    return [erasure for erasure, _theirs in done]


def _erase(person: Person, *, by: Actor, at: datetime) -> tuple[Erasure, list[int]]:
    """Erase one part; give what was written into the ledger, and the contents to remove."""
    ours = Message.objects.filter(direction=Direction.OUTBOUND, filings__ticket__requester=person)
    also = {*ours.values_list("pk", flat=True), *mails_about(person).values_list("pk", flat=True)}
    blobs = erase_messages(person, also=also, at=at)
    blobs += erase_drafts(person)
    erase_batches(person)
    blobs += erase_visits(person)
    blobs += erase_calls(person)
    erase_reminders(person)
    erase_answers(person)
    erase_opinions(person)
    erase_reasons(person)
    erase_excuses(person)
    blobs += erase_handovers(person)
    erase_runs(person)
    blobs += erase_tickets(person, at=at)
    erase_works(person, at=at)
    blobs += erase_approvals(person, at=at)
    erase_feedback(person)
    _erase_standing(person)
    erase_person(person, by=by, at=at)
    forget_person(person.pk)
    forget(person)
    erase_replies()
    erasure, _made = Erasure.objects.get_or_create(
        person=person,
        defaults={"at": at, "actor_kind": by.kind.value, "actor_id": by.id},
    )
    return erasure, list(blobs)


def _erase_standing(person: Person) -> None:
    """What they agreed to, whom they spoke for, how they signed in, when they were away."""
    erase_consents(person)
    erase_contacts(person)
    erase_account(person)
    erase_provision(person)
    erase_absences(person)
