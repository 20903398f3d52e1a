"""
Corresponding: with vendors who have no portal we speak by mail, in a thread beside the client's.

None of it stands on the ticket as a message: no answer to the client can pick it up, and no client
reads it. What the vendor answers is believed by the token in our reply address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import formats, translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.conversations.connecting import is_own_mailbox
from ambidesk.support.conversations.models import Message, Thread
from ambidesk.support.handovers.events import HandoverSaid
from ambidesk.support.handovers.keeping import keep_files
from ambidesk.support.handovers.locking import lock_both
from ambidesk.support.handovers.models import Claim, Correspondence, Handover, Word, WordKind
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.outbound import Addressed, Speech, Words, speak_many
from ambidesk.support.tickets.recording import record
from ambidesk.support.tickets.tokens import fresh_token
from ambidesk.support.tickets.ways import channel_for

LONGEST: Final = 20_000


class OwnMailbox(Refusal):
    """The desk would write to itself."""

    sentence = gettext_lazy("“%(address)s” is an address of this desk itself.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a vendor answered: the message, what is new in it, and its files."""

    message: Message
    text: str
    files: Sequence[tuple[Blob, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """One mail to a vendor: the first one begins the thread."""

    to: Identity
    text: str
    word: Word | None
    token: str
    thread: Thread | None = None


def begin(ticket: Ticket, row: Handover, *, by: Actor, at: datetime) -> Correspondence:
    """
    Ask a vendor by mail to do what was just handed over; ticket and handover are locked.

    Raises:
        OwnMailbox: the address is one of the desk's.
        NoChannel: the brand has no mail channel.
    """
    address = row.contractor.email
    if is_own_mailbox(address):
        raise OwnMailbox(address=address)
    caller = Caller(
        kind=IdentityKind.EMAIL, value=address, name=row.contractor.company.name, display=address
    )
    identity = meet(caller, by=by, at=at)
    word = row.words.filter(kind=WordKind.TASK).first()
    with translation.override(ticket.brand.language):
        text = _letter(ticket, row, word)
    token = fresh_token()
    mail = _Mail(to=identity, text=text, word=word, token=token)
    message = _send(ticket, row, mail, by=by, at=at)
    if word is not None:
        word.message = message
        word.save(update_fields=["message"])
    return Correspondence.objects.create(
        handover=row, identity=identity, thread=message.thread, token=token, begun_at=at
    )


def pass_on(row: Handover, word: Word, *, ticket: Ticket, by: Actor, at: datetime) -> None:
    """Send a word of ours to a vendor who is written to by mail; to others nothing is sent."""
    found = (
        Correspondence.objects.filter(handover=row)
        .select_related("identity", "thread__channel")
        .first()
    )
    if found is None or not word.is_ours:
        return
    mail = _Mail(
        to=found.identity, text=word.text, word=word, token=found.token, thread=found.thread
    )
    word.message = _send(ticket, row, mail, by=by, at=at)
    word.save(update_fields=["message"])


def hear(found: Correspondence, heard: Heard, *, by: Actor, at: datetime) -> Word:
    """Put down what a vendor answered, also when the handover is over by now."""
    ticket, row = lock_both(found.handover)
    word = Word.objects.create(
        handover=row,
        kind=WordKind.WORD,
        is_ours=False,
        text=heard.text.strip()[:LONGEST],
        message=heard.message,
        at=at,
    )
    keep_files(word, heard.files)
    said = HandoverSaid(
        ticket_id=row.ticket_id,
        handover_id=row.pk,
        company_id=row.company_id,
        word_id=word.pk,
        is_ours=False,
    )
    record(said, ticket, by=by, at=at)
    return word


def _send(ticket: Ticket, row: Handover, mail: _Mail, *, by: Actor, at: datetime) -> Message:
    thread, word = mail.thread, mail.word
    last = thread.messages.order_by("-pk").first() if thread else None
    files = word.files.select_related("blob") if word else ()
    speech = Speech(
        ticket=ticket,
        channel=thread.channel if thread else channel_for(ticket, (mail.to,)),
        thread=thread,
        words=Words(
            text=mail.text,
            html=escape(mail.text).replace("\n", "<br>\n"),
            subject=_subject(ticket, row),
            answers=last,
            files=tuple((file.blob, file.name) for file in files),
        ),
        addressed=Addressed(to=(mail.to,), due_at=at, token=mail.token),
    )
    (message,) = speak_many([speech], by=by, at=at)
    return message


def _subject(ticket: Ticket, row: Handover) -> str:
    claim = Claim.objects.filter(handover=row).first()
    number = f" · RMA {claim.number}" if claim and claim.number else ""
    return one_line(f"{row.task}{number} · {ticket.brand.name} #{ticket.number}", 250)


def _letter(ticket: Ticket, row: Handover, word: Word | None) -> str:
    is_claim = Claim.objects.filter(handover=row).exists()
    due = row.due_at.astimezone(ticket.brand.clock)
    asset = row.asset
    facts = [
        _("We ask you: %(task)s") % {"task": row.task},
        word.text if word else "",
        _("Equipment: %(name)s, serial number %(serial)s")
        % {"name": asset.model, "serial": asset.serial or "–"}
        if asset
        else "",
        _("Where: %(place)s")
        % {"place": ", ".join(each for each in (row.site.name, row.site.address) if each)}
        if row.site
        else "",
        _("We claim this under warranty. Please name your RMA number.") if is_claim else "",
        _("Please answer until %(due)s.") % {"due": formats.date_format(due, "DATETIME_FORMAT")},
        _("Just reply to this mail: your answer reaches whoever looks after it."),
    ]
    return "\n\n".join(each for each in facts if each)
