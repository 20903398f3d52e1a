"""Erasing: what is being written on a person's tickets goes, with its files; part of one verb."""

from ambidesk.parties.people.models import Person
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.desk.models import Draft, DraftFile


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
