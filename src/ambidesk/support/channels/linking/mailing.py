"""
Mailing: the other side asks to go on by mail, and gets all that was said so far with it.

An address that they only typed proves nothing: it joins nobody, and an answer to the mail is what
brings the talk there.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.people.describing import BelongsToAnother, add_identity
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.channels.contract.inbound import Sender
from ambidesk.support.channels.intake.placing import tickets_of
from ambidesk.support.channels.intake.remarks import Choice, Command
from ambidesk.support.channels.linking.history import history_of, said_with
from ambidesk.support.channels.widget.transcribing import NothingYet, spend
from ambidesk.support.channels.widget.visiting import claimed
from ambidesk.support.conversations.models import (
    Channel,
    Direction,
    Message,
    Participant,
    ParticipantRole,
)
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record
from ambidesk.support.tickets.switching import ChannelProposed

PREFIX: Final = "mail:"
COMMAND: Final = "mail"


class NoAddress(InvalidInput):
    """Nobody said where to."""

    sentence = gettext_lazy("Enter an e-mail address.")


@transaction.atomic
def ask_for_mail(
    ticket: Ticket, asker: Identity, *, address: str, by: Actor, at: datetime
) -> Message:
    """
    Send the requester all that was said, with a way to answer by mail; the desk answers there now.

    Raises:
        NoAddress, NotAnAddress: it cannot be sent there.
        NothingYet: nobody of ours has spoken, and the address is not known to be theirs.
        TooOften: this was asked for several times today.
        AlreadyClosed, AlreadyMerged, NoChannel: see tickets.answering.
    """
    mail = _reader(ticket, asker, address, by=by, at=at)
    talk = said_with(ticket, ticket.requester_id, at=at)
    if not _is_theirs(mail, ticket) and not talk.filter(direction=Direction.OUTBOUND).exists():
        raise NothingYet
    spend(f"ticket:{ticket.pk}", f"brand:{ticket.brand_id}", address=mail.value)
    with override(asker.person.language or ticket.brand.language):
        subject = _("Your conversation with %(brand)s") % {"brand": ticket.brand.name}
        on = _("Answer this mail to go on. What was said so far:")
    text = "\n\n".join([subject, on, history_of(ticket, at=at)])
    said = Answer(text=text, to=(mail,), due_at=at, automatic=True, subject=subject)
    message = answer(ticket, said, by=SYSTEM, at=at)
    Participant.objects.update_or_create(
        thread=message.thread,
        identity=mail,
        defaults={"role": ParticipantRole.REQUESTER, "since": at},
    )
    event = ChannelProposed(
        ticket_id=ticket.pk,
        channel_id=message.thread.channel_id,
        identity_id=mail.pk,
        by_requester=True,
    )
    record(event, ticket, by=by, at=at)
    return message


def choose(choice: Choice, *, by: Actor, at: datetime) -> str:
    """Take a press of the button that asks for mail."""
    return _asked(choice.channel, choice.sender, address="", by=by, at=at)


def command(said: Command, *, by: Actor, at: datetime) -> str:
    """Take the command that asks for mail, with an address or without."""
    return _asked(said.channel, said.sender, address=said.words, by=by, at=at)


def _asked(channel: Channel, sender: Sender, *, address: str, by: Actor, at: datetime) -> str:
    """Ask for the ticket that the talk is about; say in words what came of it."""
    with override(channel.brand.language):
        talk = (channel.pk, sender.value)
        ticket = tickets_of([talk], at=at).get(talk)
        asker = Identity.objects.filter(kind=IdentityKind.MESSENGER, value=sender.value).first()
        if ticket is None or asker is None:
            return _("Write to us first: there is nothing to go on with yet.")
        known = address or _known(ticket)
        if not known:
            return _("Write /mail and your address, such as: /mail name@example.org")
        try:
            message = ask_for_mail(ticket, asker, address=known, by=by, at=at)
        except Refusal as refusal:
            return str(refusal)
        where = message.deliveries.select_related("recipient").get().recipient.value
        return _("We go on by e-mail: %(address)s. You can also write here at any time.") % {
            "address": where
        }


def _known(ticket: Ticket) -> str:
    """An address of the requester that has proved itself."""
    rows = Identity.objects.filter(
        person=ticket.requester_id,
        kind=IdentityKind.EMAIL,
        verified_at__isnull=False,
        shared=False,
        erased_at=None,
    )
    return rows.order_by("-verified_at").values_list("value", flat=True).first() or ""


def _reader(ticket: Ticket, asker: Identity, address: str, *, by: Actor, at: datetime) -> Identity:
    typed = claimed(address)
    if not typed:
        raise NoAddress(field="email")
    try:
        return add_identity(ticket.requester, IdentityKind.EMAIL, value=typed, by=by, at=at)
    except BelongsToAnother:
        # Whoever knows an address need not own it: nobody is joined by having typed one.
        language = asker.person.language
        caller = Caller(kind=IdentityKind.EMAIL, value=typed, language=language)
        return meet(caller, by=by, at=at)


def _is_theirs(mail: Identity, ticket: Ticket) -> bool:
    return mail.person_id == ticket.requester_id and mail.verified_at is not None
