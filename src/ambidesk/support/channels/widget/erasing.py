"""Erasing: what a visitor told of themselves goes, with files not sent; part of one verb."""

from ambidesk.parties.people.models import Person
from ambidesk.support.channels.widget.models import Visitor, VisitorFile
from ambidesk.support.conversations.models import Attachment


def erase_visits(person: Person) -> list[int]:
    """Blank the visits of a person, and end them; return ids of blobs left alone."""
    visits = Visitor.objects.filter(identity__person=person)
    files = VisitorFile.objects.filter(visitor__in=visits)
    blobs = set(files.values_list("blob_id", flat=True))
    files.delete()
    visits.update(email="", page="", page_title="", referrer="", browser_language="")
    kept = {
        *Attachment.objects.filter(blob__in=blobs).values_list("blob_id", flat=True),
        *VisitorFile.objects.filter(blob__in=blobs).values_list("blob_id", flat=True),
    }
    return sorted(blobs - kept)
