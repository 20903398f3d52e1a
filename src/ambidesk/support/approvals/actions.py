"""Actions of the one list: asking those who may to approve."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.actions import Action
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.support.approvals import asking
from ambidesk.support.approvals.asking import Wish
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """Which kind, in which words, and what it costs."""

    approves: Kind
    title: str = ""
    amount: Decimal | None = None
    currency: str = "RUB"


def ask(ticket: Ticket, given: What, *, by: Actor, at: datetime) -> object:
    """Ask those who may."""
    amount = None if given.amount is None else Money(given.amount, given.currency)
    wish = Wish(kind=given.approves, title=given.title or ticket.subject, amount=amount)
    return asking.ask(ticket, wish, by=by, at=at)


APPROVAL_ACTIONS = (
    Action(
        name="approvals.ask",
        label=_("Ask the client to approve"),
        parameters=What,
        right=ApprovalRight.ASK.value,
        perform=ask,
    ),
)
