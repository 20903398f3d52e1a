"""Erasing: content of a person's messages is blanked, raw items and unshared files go."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.db.models import Q

from ambidesk.parties.people.models import Person
from ambidesk.support.conversations.models import (
    Attachment,
    Delivery,
    DeliveryState,
    Edit,
    IntakeItem,
    Message,
)
from ambidesk.support.conversations.raw import forget, raw_of
from ambidesk.support.conversations.rules.unwrapping import names_any


@transaction.atomic
def erase_messages(person: Person, *, also: Iterable[int] = (), at: datetime) -> list[int]:
    """
    Blank what the person wrote and what was written to them; return ids of blobs left alone.

    What they said through a login that several people share is theirs, too.

    What has not left yet never does.

    `also` are further messages that repeat their words, such as one forwarded to somebody else.
    """
    theirs = Message.objects.filter(
        Q(sender__person=person) | Q(deliveries__recipient__person=person)
    )
    spoken = Message.objects.filter(speaker__in=list(person.contacts.values_list("pk", flat=True)))
    own = (rows.values_list("pk", flat=True) for rows in (theirs, spoken))
    ids = sorted({*chain(*own), *also})
    raw = Message.objects.filter(pk__in=ids, intake_id__isnull=False)
    forget(number for number in raw.values_list("intake_id", flat=True) if number)
    edits = Edit.objects.filter(message__in=ids)
    forget(number for number in edits.values_list("intake_id", flat=True) if number)
    edits.update(text="")
    forget(_loose_items_of(person))
    Delivery.objects.filter(message__in=ids, state=DeliveryState.WAITING).update(
        state=DeliveryState.WITHDRAWN, leased_until=None
    )
    blobs = _let_go(ids)
    Message.objects.filter(pk__in=ids).update(
        text="",
        new_text="",
        html="",
        subject="",
        envelope={},
        choices=[],
        speaker_name="",
        erased_at=at,
    )
    return blobs


def _let_go(messages: list[int]) -> list[int]:
    attachments = Attachment.objects.filter(message__in=messages)
    blobs = set(attachments.values_list("blob_id", flat=True))
    attachments.update(name="", content_id="")
    others = Attachment.objects.filter(blob__in=blobs, message__erased_at=None)
    kept = others.exclude(message__in=messages)
    return sorted(blobs - set(kept.values_list("blob_id", flat=True)))


def _loose_items_of(person: Person) -> list[int]:
    """Find raw items that name the person and became no message: held back, reports, own mail."""
    values = person.identities.exclude(value="").values_list("value", flat=True)
    names = [value.lower().encode() for value in values]
    loose = IntakeItem.objects.exclude(reason="").order_by("pk").iterator(chunk_size=20)
    found = [item.pk for item in loose if names and _names_any(item, names)]
    # Connectors say whom an item is about: presses of buttons, starts, what was never read.
    said = IntakeItem.objects.filter(envelope__sender__in=list(values))
    return [*found, *said.values_list("pk", flat=True)]


def _names_any(item: IntakeItem, names: list[bytes]) -> bool:
    try:
        return names_any(raw_of(item), names)
    except FileNotFoundError:
        return False
