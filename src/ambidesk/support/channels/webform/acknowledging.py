"""
Acknowledging: whoever filled in a form gets a fixed text with the number of their ticket.

The address was only typed: nothing that they wrote stands in it, and it is sent within budgets.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.channels.mail.acknowledging import BUDGETS
from ambidesk.support.channels.mail.budgets import Purse
from ambidesk.support.channels.mail.budgets import spend as spend_mail
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.transcribing import reader_of, spend, untagged
from ambidesk.support.channels.widget.visiting import actor_of
from ambidesk.support.conversations.connecting import is_own_mailbox
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket


def acknowledge(ticket: Ticket, visitor: Visitor, *, at: datetime) -> None:
    """Acknowledge a ticket of a form, where the form wants it and the budgets allow it."""
    channel, address = visitor.channel, visitor.email
    manner = FormManner.read(channel.settings)
    if not manner.acknowledges or not address or is_own_mailbox(address):
        return
    with override(visitor.language):
        facts = {"brand": ticket.brand.name, "number": ticket.number}
        subject = _("%(brand)s: your request #%(number)s") % facts
        text = _(
            "We have your request. Its number is %(number)s.\n\n"
            "Answer this mail if you want to add something.\n\n%(brand)s"
        )
    try:
        spend(str(visitor.thread_id), str(channel.pk), address=address)
        # One purse with the acknowledgements of mail: a mailbox gets so many by any way.
        if spend_mail([untagged(address)], at=at, budgets=BUDGETS, purse=Purse.SAID) != [True]:
            return
        said = Answer(
            text=text % facts,
            subject=subject,
            to=(reader_of(visitor, address, at=at),),
            due_at=at,
            automatic=True,
        )
        answer(ticket, said, by=actor_of(channel), at=at)
    except Refusal:
        # No mailbox, or enough for today: the ticket is there all the same.
        return
