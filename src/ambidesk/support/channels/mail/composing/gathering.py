"""
Gathering: the rows beside messages of ours that their letters are written from.

Asked for once a round of sending; what is in the files is read when each one's turn comes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ambidesk.ground.files.models import Blob
from ambidesk.parties.staff.models import Member
from ambidesk.parties.stewards.serving import Served
from ambidesk.support.conversations.models import Attachment, Delivery, Message
from ambidesk.support.tickets.managing import managers_of

Row = TypeVar("Row", Delivery, Attachment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """
    What stands beside messages, each by the id of its message; quoted are whole messages.

    Faces are by the id of the member.
    """

    deliveries: Mapping[int, Sequence[Delivery]]
    attachments: Mapping[int, Sequence[Attachment]]
    quoted: Mapping[int, Message]
    heard: Mapping[int, frozenset[str]]
    managers: Mapping[int, Served]
    faces: Mapping[int, Blob]


def gather(messages: Iterable[Message], *, on: date) -> Beside:
    """
    Read what the letters of these need.

    Recipients, files, what they answer, who heard that, who manages the client's account that day.
    """
    rows = {message.pk: message for message in messages}
    deliveries = Delivery.objects.filter(message__in=rows).select_related("recipient")
    attachments = Attachment.objects.filter(message__in=rows).select_related("blob")
    quoted = _quoted(rows.values())
    heard: dict[int, set[str]] = defaultdict(set)
    said = Delivery.objects.filter(message__in={each.pk for each in quoted.values()})
    for number, value in said.values_list("message", "recipient__value") if quoted else ():
        heard[number].add(value)
    managers = managers_of(rows, on=on)
    return Beside(
        deliveries=_by_message(deliveries.order_by("pk")),
        attachments=_by_message(attachments.order_by("pk")),
        quoted=quoted,
        heard={number: frozenset(values) for number, values in heard.items()},
        managers=managers,
        faces=_faces({each.member_id for each in managers.values() if each.has_photo}),
    )


def _quoted(messages: Iterable[Message]) -> Mapping[int, Message]:
    """What each answers, where that stands before it in its own thread."""
    answers = [each for each in messages if each.in_reply_to and not each.automatic]
    if not answers:
        return {}
    said = Message.objects.filter(
        thread__in={each.thread_id for each in answers},
        external_id__in={each.in_reply_to for each in answers},
    )
    before: dict[tuple[int, str], list[Message]] = defaultdict(list)
    for row in said.select_related("sender", "author", "thread__channel__brand").order_by("pk"):
        before[row.thread_id, row.external_id].append(row)
    found = {}
    for each in answers:
        earlier = [row for row in before[each.thread_id, each.in_reply_to] if row.pk < each.pk]
        if earlier:
            found[each.pk] = earlier[-1]
    return found


def _faces(members: Collection[int]) -> Mapping[int, Blob]:
    rows = Member.objects.filter(pk__in=members).exclude(photo=None).select_related("photo")
    return {row.pk: row.photo for row in rows if row.photo} if members else {}


def _by_message(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(row)
    return found
