"""Erasing: what was told and said about a person's tickets, and what they said for a contractor."""

from django.db import transaction
from django.db.models import Q, QuerySet

from ambidesk.parties.people.models import Person
from ambidesk.support.conversations.models import Message
from ambidesk.support.handovers.models import Handover, HandoverFile, Word


def mails_about(person: Person) -> QuerySet[Message]:
    """What was said by mail with vendors about a person's tickets."""
    return Message.objects.filter(thread__correspondence__handover__ticket__requester=person)


@transaction.atomic
def erase_handovers(person: Person) -> list[int]:
    """Blank the words; give the contents of the files, which nobody may need any more."""
    Handover.objects.filter(ticket__requester=person).update(task="")
    # What was said by mail with a vendor's person has no author with an account.
    by_mail = Message.objects.filter(
        Q(sender__person=person) | Q(deliveries__recipient__person=person)
    )
    words = Word.objects.filter(
        Q(handover__ticket__requester=person)
        | Q(author__account__person=person)
        | Q(message__in=by_mail)
    )
    files = HandoverFile.objects.filter(word__in=words)
    blobs = list(files.values_list("blob", flat=True))
    files.delete()
    words.update(text="")
    return blobs
