"""Erasing: what was written or kept at the desk of a person's tickets goes; part of one verb."""

from ambidesk.parties.people.models import Person
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.desk.models import (
    Batch,
    BatchItem,
    BatchState,
    Draft,
    DraftFile,
    ItemState,
    Reminder,
)


def erase_drafts(person: Person) -> list[int]:
    """Drop the drafts on the person's tickets; return ids of blobs left alone."""
    files = DraftFile.objects.filter(draft__ticket__requester=person)
    blobs = set(files.values_list("blob_id", flat=True))
    Draft.objects.filter(ticket__requester=person).delete()
    kept = {
        *Attachment.objects.filter(blob__in=blobs).values_list("blob_id", flat=True),
        *DraftFile.objects.filter(blob__in=blobs).values_list("blob_id", flat=True),
    }
    return sorted(blobs - kept)


def erase_batches(person: Person) -> None:
    """Drop what batches kept of the person's tickets, and the words that were typed for them."""
    theirs = BatchItem.objects.filter(ticket__requester=person)
    typed = Batch.objects.filter(macro=None, items__in=theirs)
    Batch.objects.filter(pk__in=typed.values("pk")).update(steps=[], state=BatchState.DONE)
    theirs.update(kept=None, refusal="")
    theirs.filter(state__in=[ItemState.DONE, ItemState.LEAVING, ItemState.WAITING]).update(
        state=ItemState.STAYS
    )


def erase_reminders(person: Person) -> None:
    """Blank what reminders say of the person's tickets."""
    Reminder.objects.filter(ticket__requester=person).update(words="")
