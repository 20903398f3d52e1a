"""
Acknowledging: a new ticket is answered by a fixed text of the brand, where its channel wants it.

Nothing that the sender wrote stands in it, and only verified senders of ordinary mail get it: it
can neither be aimed at others nor carry words to them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.channels.mail.account import BrokenAccount
from ambidesk.support.channels.mail.budgets import Budgets, Purse, spend
from ambidesk.support.channels.mail.habits import habits_of
from ambidesk.support.conversations.connecting import is_own_mailbox
from ambidesk.support.conversations.models import (
    Channel,
    ChannelKind,
    Direction,
    Message,
    MessageKind,
)
from ambidesk.support.desk.phrasing import VARIABLE, fill
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.events import TicketOpened
from ambidesk.support.tickets.models import Ticket

KINDS = (TicketOpened.kind,)
# The sender chose neither of these words.
VARIABLES = ("ticket.number", "brand.name")
LONGEST = 4_000
# Later than this it says nothing new; a subscriber that reads old entries again says nothing.
LATE = timedelta(hours=1)
BUDGETS = Budgets(of_address=5, of_domain=200, of_all=2_000)


class SendersWords(InvalidInput):
    """The text would repeat what a stranger wrote."""

    sentence = gettext_lazy("Only these variables can stand here: %(known)s.")


def check_text(text: str) -> None:
    """
    Check the text of an acknowledgement.

    Raises:
        SendersWords: it names a variable that the sender could fill.
    """
    if set(VARIABLE.findall(text)) - set(VARIABLES):
        known = ", ".join(f"{{{{{name}}}}}" for name in VARIABLES)
        raise SendersWords(field="acknowledgement", known=known)


def acknowledge(entries: Sequence[Entry], *, at: datetime) -> None:
    """Acknowledge the tickets that were opened; safe to be told of them twice."""
    fresh = [entry.subject_id for entry in entries if at - entry.at < LATE]
    texts = _texts()
    if not fresh or not texts:
        return
    tickets = Ticket.objects.filter(pk__in=fresh, channel__in=texts, suspended=False)
    for ticket in tickets.select_related("brand", "requester_identity").order_by("pk"):
        if (message := _first(ticket)) is not None:
            _answer(ticket, message, texts[ticket.channel_id or 0], at=at)


def _texts() -> Mapping[int, str]:
    """The channels that acknowledge, and by which text."""
    found = {}
    for channel in Channel.objects.filter(kind=ChannelKind.EMAIL, enabled=True):
        try:
            text = habits_of(channel).acknowledgement
        except BrokenAccount:
            continue
        if text.strip():
            found[channel.pk] = text
    return found


def _first(ticket: Ticket) -> Message | None:
    """The mail that opened the ticket, where it is one that may be answered by a machine."""
    message = (
        Message.objects.filter(filings__ticket=ticket, filings__withdrawn_at=None)
        .select_related("sender")
        .order_by("pk")
        .first()
    )
    if message is None or message.direction != Direction.INBOUND:
        return None
    is_ordinary = message.kind == MessageKind.MAIL and not message.automatic
    return message if is_ordinary and message.sender_verified else None


@transaction.atomic
def _answer(ticket: Ticket, message: Message, text: str, *, at: datetime) -> None:
    sender = message.sender
    if sender is None or sender.kind != IdentityKind.EMAIL or sender.erased_at:
        return
    # Who holds the row has also written the acknowledgement, if there is one.
    Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)
    if _is_acknowledged(ticket) or is_own_mailbox(sender.value):
        return
    if spend([sender.value], at=at, budgets=BUDGETS, purse=Purse.SAID) != [True]:
        return
    values = {"ticket.number": str(ticket.number), "brand.name": ticket.brand.name}
    with translation.override(ticket.brand.language):
        subject = _("%(brand)s: your request #%(number)s") % {
            "brand": ticket.brand.name,
            "number": ticket.number,
        }
    said = Answer(
        text=fill(text, values)[:LONGEST],
        subject=subject,
        to=(sender,),
        due_at=at,
        automatic=True,
    )
    try:
        answer(ticket, said, by=Actor(kind=ActorKind.CHANNEL, id=ticket.channel_id), at=at)
    except Refusal:
        # Closed or merged within its first second: there is nothing left to acknowledge.
        return


def _is_acknowledged(ticket: Ticket) -> bool:
    ours = Message.objects.filter(filings__ticket=ticket, direction=Direction.OUTBOUND)
    return ours.exists()
