"""What is said on tickets: messages with their deliveries and files, answers, notes."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import NoSuchThing, one, ticket_of
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.ticket_shape import IdentityRef, identity_shown
from ambidesk.support.conversations.models import Attachment, Message
from ambidesk.support.conversations.uploading import take_uploads
from ambidesk.support.tickets import noting
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Note, NoteFile, State, Ticket
from ambidesk.support.tickets.parties import parties_of
from ambidesk.support.tickets.rights import TicketRight
from ambidesk.support.tickets.withdrawing import withdraw_answer

NOUN = "Messages and notes"


class FileOut(Output):
    """A file of a message; fetch it by its key."""

    key: str
    name: str
    size_bytes: int
    content_type: str


class DeliveryOut(Output):
    """How far a message of ours got with one recipient."""

    id: int
    recipient: IdentityRef
    state: Literal["waiting", "sent", "refused", "bounced", "withdrawn"]
    due_at: Instant
    sent_at: Instant | None
    trouble: str


class MessageOut(Output):
    """One utterance; `new_text` leaves out quotes and signature."""

    id: int
    direction: Literal["in", "out"]
    kind: str
    sender: IdentityRef | None
    speaker: str = Field(
        description="Who of those that share the sender's login spoke, as they said; mostly empty"
    )
    author_id: int | None = Field(description="The user who wrote it, if a person did")
    is_verified: bool
    is_automatic: bool
    subject: str
    text: str
    new_text: str
    sent_at: Instant
    recorded_at: Instant
    files: list[FileOut]
    deliveries: list[DeliveryOut]


Files = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=43)]],
    Field(max_length=30, description="Keys of uploaded files"),
]


class NewAnswer(Input):
    """What is said to whom: without `to` it is said to the requester."""

    text: str = Field("", max_length=100_000, description="May be empty where there are files")
    files: Files = Field(default_factory=list)
    to: list[Id] = Field(default_factory=list, max_length=50, description="Ids of identities")
    cc: list[Id] = Field(default_factory=list, max_length=50)
    solves: bool = Field(default=False, description="Call the matter solved with it")
    send_after_seconds: int = Field(0, ge=0, le=30 * 86_400)


class NoteOut(Output):
    """An internal remark."""

    id: int
    author_id: int | None
    text: str
    files: list[FileOut]
    at: Instant


class NewNote(Input):
    """A remark to leave."""

    text: str = Field(min_length=1, max_length=20_000)
    files: Files = Field(default_factory=list)


@operation(
    "GET",
    "tickets/{int:number}/messages",
    right=TicketRight.SEE,
    name="listMessages",
    gives=Page[MessageOut],
)
def show_messages(request: Call, number: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List the messages of a ticket, the oldest first"""
    ticket = ticket_of(request.actor, number)
    seen = Message.objects.visible_to(request.actor)
    rows = seen.filter(filings__ticket=ticket, filings__withdrawn_at=None)
    rows = rows.select_related("sender", "speaker__person__head").prefetch_related(
        "attachments__blob", "deliveries__recipient"
    )
    of = f"messages:{number}"
    return page_of(rows, of=of, after=paging.after, limit=paging.limit, show=message_shown)


@operation(
    "GET",
    "messages/{int:message}",
    right=TicketRight.SEE,
    name="getMessage",
    gives=MessageOut,
)
def show_message(request: Call, message: Key) -> dict[str, Any]:
    """Read a message"""
    return message_shown(one(Message.objects.visible_to(request.actor), message))


@operation(
    "POST",
    "tickets/{int:number}/answers",
    right=TicketRight.ANSWER,
    name="answerTicket",
    gives=MessageOut,
    status=201,
)
def say(request: Call, number: Key, body: NewAnswer) -> dict[str, Any]:
    """
    Answer

    Only people who take part in the ticket can be answered. Until it has left, an answer can be
    taken back.
    """
    ticket = ticket_of(request.actor, number)
    parties = [party for party in parties_of(ticket) if party.is_accepted]
    known = {party.identity.pk: party.identity for party in parties}
    chosen = body.to or [party.identity.pk for party in parties if party.is_chosen]
    for field, asked in (("to", body.to), ("cc", body.cc)):
        if any(pk not in known for pk in asked):
            raise NoSuchThing(field=f"body.{field}", name=field)
    said = Answer(
        text=body.text,
        to=tuple(known[pk] for pk in dict.fromkeys(chosen)),
        cc=tuple(known[pk] for pk in dict.fromkeys(body.cc)),
        files=take_uploads(body.files, by=request.actor, at=request.at),
        due_at=request.at + timedelta(seconds=body.send_after_seconds),
        state=State.SOLVED if body.solves else None,
    )
    return message_shown(answer(ticket, said, by=request.actor, at=request.at))


@operation(
    "DELETE",
    "tickets/{int:number}/answers/{int:message}",
    right=TicketRight.ANSWER,
    name="withdrawAnswer",
)
def take_back(request: Call, number: Key, message: Key) -> None:
    """Take an answer back before it leaves"""
    ticket = ticket_of(request.actor, number)
    found = one(Message.objects.visible_to(request.actor).filter(filings__ticket=ticket), message)
    withdraw_answer(ticket, found, by=request.actor, at=request.at)


@operation(
    "GET",
    "tickets/{int:number}/notes",
    right=TicketRight.SEE,
    name="listNotes",
    gives=Page[NoteOut],
)
def show_notes(request: Call, number: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List the notes on a ticket, the oldest first"""
    rows = Note.objects.filter(ticket=ticket_of(request.actor, number))
    rows = rows.prefetch_related("files__blob")
    of = f"notes:{number}"
    return page_of(rows, of=of, after=paging.after, limit=paging.limit, show=note_shown)


@operation(
    "POST",
    "tickets/{int:number}/notes",
    right=TicketRight.WORK,
    name="leaveNote",
    gives=NoteOut,
    status=201,
)
def leave_note(request: Call, number: Key, body: NewNote) -> dict[str, Any]:
    """Leave a note"""
    ticket: Ticket = ticket_of(request.actor, number)
    files = take_uploads(body.files, by=request.actor, at=request.at)
    made = noting.note(ticket, text=body.text, files=files, by=request.actor, at=request.at)
    return note_shown(made)


def note_shown(note: Note) -> dict[str, Any]:
    """Show a note."""
    return {
        "id": note.pk,
        "author_id": note.author_id,
        "text": note.text,
        "files": [_file(each) for each in note.files.all()],
        "at": note.at,
    }


def message_shown(message: Message) -> dict[str, Any]:
    """Show a message with its files and how far it got."""
    return {
        "id": message.pk,
        "direction": message.direction,
        "kind": message.kind,
        "sender": identity_shown(message.sender) if message.sender else None,
        "speaker": message.spoken_by,
        "author_id": message.author_id,
        "is_verified": message.sender_verified,
        "is_automatic": message.automatic,
        "subject": message.subject,
        "text": message.text,
        "new_text": message.new_text,
        "sent_at": message.sent_at,
        "recorded_at": message.recorded_at,
        "files": [_file(each) for each in message.attachments.all()],
        "deliveries": [_delivery(each) for each in message.deliveries.all()],
    }


def _file(attachment: Attachment | NoteFile) -> dict[str, Any]:
    return {
        "key": attachment.key,
        "name": attachment.name,
        "size_bytes": attachment.blob.size_bytes,
        "content_type": attachment.blob.content_type,
    }


def _delivery(delivery: Any) -> dict[str, Any]:
    return {
        "id": delivery.pk,
        "recipient": identity_shown(delivery.recipient),
        "state": delivery.state,
        "due_at": delivery.due_at,
        "sent_at": delivery.sent_at,
        "trouble": delivery.trouble,
    }
