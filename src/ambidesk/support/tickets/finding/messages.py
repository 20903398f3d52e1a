"""Messages as search sees them: their words, on the ticket on which they are filed."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.document import Document, Found, Sort
from ambidesk.ground.search.marks import HAS_FILE
from ambidesk.support.conversations.models import Attachment, Delivery, Message
from ambidesk.support.tickets.finding.touching import touched_messages
from ambidesk.support.tickets.finding.writers import marks_of_writer
from ambidesk.support.tickets.models import Filing, Ticket


def documents(ids: Sequence[int]) -> Iterable[Document]:
    """Give what can be found of messages; one that stands on no ticket is none."""
    places = places_of(ids)
    with_files = _with_files(ids)
    recipients = _recipients(ids)
    rows = Message.objects.filter(pk__in=ids, erased_at=None, withdrawn_at=None)
    for message in rows.select_related("sender__person", "author", "speaker"):
        ticket = places.get(message.pk)
        if ticket is None:
            continue
        sender = message.sender
        writer = message.author.name if message.author else sender.person.name if sender else ""
        persons = {ticket.requester_id, *recipients.get(message.pk, ())}
        persons |= {message.speaker.person_id} if message.speaker else set()
        yield Document(
            id=message.pk,
            whole=ticket.pk,
            at=message.recorded_at,
            short="",
            body=_words(message, writer),
            scopes=(ticket.brand_id,),
            marks=(
                *marks_of_writer(sender, writer),
                *([HAS_FILE] if message.pk in with_files else []),
            ),
            persons=tuple(sorted(persons | ({sender.person_id} if sender else set()))),
        )


def found(ids: Sequence[int], actor: Actor) -> Iterable[Found]:
    """Read the messages that the actor may see."""
    places = places_of(ids)
    rows = Message.objects.visible_to(actor).filter(pk__in=ids)
    for message in rows.select_related("sender__person", "author"):
        ticket = places.get(message.pk)
        if ticket is None:
            continue
        yield Found(
            id=message.pk,
            whole=ticket.pk,
            at=message.recorded_at,
            title=f"#{ticket.number} {ticket.subject}",
            detail=_writer(message),
            text=message.new_text or message.text,
        )


def _words(message: Message, writer: str) -> str:
    # What begins a talk carries its subject; answers only repeat it.
    subject = "" if message.in_reply_to else message.subject
    return "\n".join([writer, subject, message.new_text or message.text])


def places_of(messages: Sequence[int]) -> Mapping[int, Ticket]:
    """Say on which ticket each message stands; of several, on the latest."""
    filings = Filing.objects.filter(message__in=messages, withdrawn_at=None)
    rows = filings.select_related("ticket").order_by("pk")
    return {filing.message_id: filing.ticket for filing in rows}


def _writer(message: Message) -> str:
    if message.author:
        return message.author.name
    if message.sender is None:
        return ""
    return message.sender.person.name or message.sender.name or message.sender.value


def _with_files(messages: Sequence[int]) -> set[int]:
    rows = Attachment.objects.filter(message__in=messages, inline=False)
    return set(rows.values_list("message", flat=True))


def _recipients(messages: Sequence[int]) -> Mapping[int, set[int]]:
    rows = Delivery.objects.filter(message__in=messages)
    people: dict[int, set[int]] = {}
    for message, person in rows.values_list("message", "recipient__person"):
        people.setdefault(message, set()).add(person)
    return people


MESSAGES = Sort(
    name="message",
    letter="m",
    label=_("Messages"),
    documents=documents,
    touched=touched_messages,
    found=found,
)
