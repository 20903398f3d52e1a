"""Forwarding: a message of a ticket goes on to somebody else, who may answer onto the ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import formats, translation
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.meeting import Caller, meet_many
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.people.normalising import normal_email
from ambidesk.support.conversations.envelope import Envelope
from ambidesk.support.conversations.models import (
    Channel,
    Direction,
    Message,
    MessageKind,
    Participant,
    ParticipantRole,
)
from ambidesk.support.tickets.answering import NobodyToAnswer
from ambidesk.support.tickets.events import MessageForwarded
from ambidesk.support.tickets.models import Filing, State, Ticket
from ambidesk.support.tickets.outbound import Addressed, Speech, Words, speak_many
from ambidesk.support.tickets.recording import lock_unclosed, record
from ambidesk.support.tickets.rules.states import waiting_for
from ambidesk.support.tickets.ways import channel_for

MOST_RECIPIENTS = 20


class NotOnTicket(InvalidInput):
    """The message stands on another ticket."""

    sentence = gettext_lazy("This message does not stand on the ticket any more.")


class OwnAddress(InvalidInput):
    """The desk would write to itself."""

    sentence = gettext_lazy("“%(address)s” is an address of this desk itself.")


class TooManyRecipients(InvalidInput):
    """More people than one mail should have."""

    sentence = gettext_lazy("One message goes to %(most)s people at most.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarding:
    """
    What goes on to whom, with a word of ours above; it leaves at `due_at`.

    `html` is our own composer's markup, sanitised before. The files of the original go along
    unless `without_files`.
    """

    original: Message
    to: tuple[Identity, ...]
    cc: tuple[Identity, ...] = ()
    text: str = ""
    html: str = ""
    files: tuple[tuple[Blob, str], ...] = ()
    without_files: bool = False
    due_at: datetime
    state: State | None = None


@transaction.atomic
def forward(ticket: Ticket, said: Forwarding, *, by: Actor, at: datetime) -> Message:
    """
    Send a message of the ticket on.

    Raises:
        AlreadyClosed, AlreadyMerged: the ticket is over.
        NobodyToAnswer: no recipient.
        NotOnTicket: the message stands elsewhere.
        NoChannel, TwoWays, OneInTalk: no channel of the brand reaches all of them.
    """
    if not said.to:
        raise NobodyToAnswer(field="to")
    ticket = lock_unclosed(ticket)
    original = said.original
    if not Filing.objects.filter(ticket=ticket, message=original, withdrawn_at=None).exists():
        raise NotOnTicket
    channel = channel_for(ticket, (*said.to, *said.cc))
    with translation.override(ticket.brand.language):
        words = _words(original, said)
    addressed = Addressed(to=said.to, cc=said.cc, due_at=said.due_at)
    speech = Speech(ticket=ticket, channel=channel, thread=None, words=words, addressed=addressed)
    (message,) = speak_many([speech], by=by, at=at)
    _take_part(message, (*said.to, *said.cc), at)
    Filing.objects.create(ticket=ticket, message=message, filed_at=at)
    _move(ticket, said.state, at)
    event = MessageForwarded(ticket_id=ticket.pk, message_id=message.pk, original_id=original.pk)
    record(event, ticket, by=by, at=at)
    return message


def recipients(addresses: Sequence[str], *, by: Actor, at: datetime) -> tuple[Identity, ...]:
    """
    Find or register who is behind addresses that somebody typed.

    Raises:
        NotAnAddress: one of them is none.
        OwnAddress: one of them is a channel of this desk.
        TooManyRecipients: there are more than twenty.
    """
    if len(addresses) > MOST_RECIPIENTS:
        raise TooManyRecipients(field="to", most=MOST_RECIPIENTS)
    wanted = {normal_email(address): address.strip() for address in addresses if address.strip()}
    own = Channel.objects.filter(address__in=[*wanted, *map(_without_tag, wanted)]).first()
    if own:
        raise OwnAddress(field="to", address=own.address)
    callers = [
        Caller(kind=IdentityKind.EMAIL, value=value, display=written)
        for value, written in wanted.items()
    ]
    found = meet_many(callers, by=by, at=at)
    return tuple(found[IdentityKind.EMAIL, value] for value in wanted)


def _without_tag(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _words(original: Message, said: Forwarding) -> Words:
    files = () if said.without_files else _files(original)
    head = "\n".join(_head(original))
    above = said.text.rstrip()
    body = original.text or original.new_text
    line = _("---------- Forwarded message ----------")
    forwarded = f"{line}\n{head}\n\n{body}"
    return Words(
        text=f"{above}\n\n{forwarded}" if above else forwarded,
        new_text=above,
        html=_markup(said, forwarded),
        subject=_("Fwd: %(subject)s") % {"subject": original.subject},
        kind=MessageKind.FORWARD,
        files=(*said.files, *files),
    )


def _head(original: Message) -> list[str]:
    envelope = Envelope.read(original.envelope)
    said_at = original.sent_at.astimezone(original.thread.channel.brand.clock)
    facts = {
        _("From: %(what)s"): _sender(original, envelope),
        _("Date: %(what)s"): formats.date_format(said_at, "DATETIME_FORMAT"),
        _("Subject: %(what)s"): original.subject,
        _("To: %(what)s"): ", ".join(named.label for named in envelope.to),
    }
    return [line % {"what": " ".join(what.split())} for line, what in facts.items() if what]


def _sender(original: Message, envelope: Envelope) -> str:
    if original.direction == Direction.OUTBOUND:
        return original.thread.channel.brand.name
    if envelope.sender:
        named = envelope.sender[0]
        return f"{named.name} <{named.address}>" if named.name else named.address
    return original.sender.value if original.sender else ""


def _markup(said: Forwarding, forwarded: str) -> str:
    lines = mark_safe(escape(forwarded).replace("\n", "<br>\n"))  # noqa: S308 escaped here
    if said.html:
        above = mark_safe(said.html)  # noqa: S308 sanitised by whoever took it (see Forwarding)
    else:
        above = mark_safe(escape(said.text.rstrip()).replace("\n", "<br>\n"))  # noqa: S308 escaped
    return format_html("{}<p>{}</p>", above, lines)


def _files(original: Message) -> tuple[tuple[Blob, str], ...]:
    rows = original.attachments.filter(blob__removed_at=None).select_related("blob")
    return tuple((row.blob, row.name) for row in rows.order_by("pk"))


def _take_part(message: Message, whom: Sequence[Identity], at: datetime) -> None:
    Participant.objects.bulk_create(
        [
            Participant(
                thread=message.thread, identity=identity, role=ParticipantRole.ACCEPTED, since=at
            )
            for identity in {identity.pk: identity for identity in whom}.values()
        ]
    )


def _move(ticket: Ticket, state: State | None, at: datetime) -> None:
    ticket.last_at = max(ticket.last_at, at)
    if state is not None and state != ticket.state:
        ticket.state = state
        ticket.waiting_for = waiting_for(state)
        ticket.waiting_since = at
        ticket.solved_at = at if state is State.SOLVED else None
    ticket.save()
