"""Erasing: numbers and recordings of a person go; that a call was made stays."""

from ambidesk.parties.people.models import Person
from ambidesk.support.telephony.models import Call, Dial


def erase_calls(person: Person) -> list[int]:
    """Blank a person's calls; give the contents that were let go."""
    numbers = list(person.identities.exclude(value="").values_list("value", flat=True))
    rows = Call.objects.filter(ticket__requester=person)
    rows |= Call.objects.filter(identity__person=person)
    ids = list(rows.values_list("pk", flat=True))
    ids += list(Call.objects.filter(number__in=numbers).values_list("pk", flat=True))
    rows = Call.objects.filter(pk__in=ids)
    blobs = list(rows.exclude(recording=None).values_list("recording_id", flat=True))
    rows.update(number="", recording=None, recording_handle="", recording_due_at=None)
    Dial.objects.filter(ticket__requester=person).update(number="")
    return [pk for pk in blobs if pk]
