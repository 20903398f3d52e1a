"""
Sending by machine: a template goes to the requester, within what machines may do. RFC 3834.

Never to a machine, never a stranger's words to an address that nobody proved, never without end.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.channels.mail.acknowledging import VARIABLES as OURS
from ambidesk.support.channels.mail.budgets import Budgets, Purse, spend
from ambidesk.support.conversations.connecting import is_own_mailbox
from ambidesk.support.conversations.models import Direction, Message, MessageKind
from ambidesk.support.desk.models import Template
from ambidesk.support.desk.phrasing import VARIABLE, count_use, fill_many
from ambidesk.support.tickets.actions.performing import NoSuchRow
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket

BUDGETS = Budgets(of_address=10, of_domain=300, of_all=3_000)


class NobodyToWriteTo(Refusal):
    """There is no address."""

    sentence = _("There is no address of the requester to write to.")


class AnswersAMachine(Refusal):
    """Two machines would talk to each other."""

    sentence = _("The requester's last message came from a machine; those are not answered.")


class HeldBack(Refusal):
    """Somebody looks at it first."""

    sentence = _("The ticket is held back until somebody has looked at it.")


class NotProved(Refusal):
    """The words of whoever wrote would go to whoever they said they were."""

    sentence = _("The sender is not proved, and the template repeats what they wrote.")


class BudgetSpent(Refusal):
    """A machine has said enough for now."""

    sentence = _("So much was sent there by machine within an hour that this one was not.")


def send_template(ticket: Ticket, template: Template, *, by: Actor, at: datetime) -> Message:
    """
    Send a template to the requester of a ticket, marked as automatic.

    Raises:
        NoSuchRow: the template is another brand's.
        NobodyToWriteTo, AnswersAMachine, HeldBack, NotProved, BudgetSpent: it may not be sent.
        The refusals of answering.
    """
    if template.brand_id not in {None, ticket.brand_id}:
        raise NoSuchRow(field="template_id")
    whom = _addressee(ticket)
    _require_sendable(ticket, whom, template)
    if spend([f"{whom.kind}:{whom.value}"], at=at, budgets=BUDGETS, purse=Purse.SAID) != [True]:
        raise BudgetSpent
    text = fill_many(template.text, [ticket], by=by)[ticket.pk]
    said = Answer(text=text, to=(whom,), due_at=at, automatic=True)
    message = answer(ticket, said, by=by, at=at)
    count_use([template.pk])
    return message


def _addressee(ticket: Ticket) -> Identity:
    whom = ticket.requester_identity
    if whom is None or whom.erased_at:
        raise NobodyToWriteTo
    if whom.kind == IdentityKind.EMAIL and is_own_mailbox(whom.value):
        raise AnswersAMachine
    return whom


def _require_sendable(ticket: Ticket, whom: Identity, template: Template) -> None:
    if ticket.suspended:
        raise HeldBack
    heard = Message.objects.filter(
        filings__ticket=ticket, filings__withdrawn_at=None, direction=Direction.INBOUND
    )
    last = heard.order_by("-pk").first()
    if last is None:
        return
    if last.automatic:
        raise AnswersAMachine
    by_mail = last.kind == MessageKind.MAIL and whom.kind == IdentityKind.EMAIL
    if by_mail and not last.sender_verified and set(VARIABLE.findall(template.text)) - set(OURS):
        raise NotProved
