"""
Asking: what is to be approved is frozen, and the nearest who may are asked.

Asking anew with another content replaces what was asked or approved: amounts of one ticket are not
approved piece by piece below a limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.service.sla.keeping import make_promises
from ambidesk.support.approvals.clocks import begin_step
from ambidesk.support.approvals.entitled import entitled_to
from ambidesk.support.approvals.events import ApprovalAsked
from ambidesk.support.approvals.models import Approval, Asked, Ended
from ambidesk.support.approvals.models.approval import LONGEST_TITLE, STANDING
from ambidesk.support.approvals.posting import post
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.approvals.saying import remedy_of
from ambidesk.support.approvals.setting import terms
from ambidesk.support.approvals.voiding import void
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock_unclosed, record

LONGEST_WORDS = 4000
MOST_MINOR = 10**15


class NobodysClient(Refusal):
    """There is nobody to ask."""

    sentence = _("Say first for which company ticket #%(number)s is.")


class NobodyMay(Refusal):
    """No contact of the company may approve it; the words say why, and what to do."""

    sentence = _("%(reason)s %(remedy)s")


class AlreadyAsked(Refusal):
    """Just this was asked or approved before."""

    sentence = _("This was asked already, with just this content.")


class NothingToApprove(InvalidInput):
    """Nobody knows what they say yes to."""

    sentence = _("Say what is to be approved.")


class NoAmount(InvalidInput):
    """A cost is an amount."""

    sentence = _("Say how much it costs: more than nothing.")


class TooMuch(InvalidInput):
    """No such amount can be kept."""

    sentence = _("This amount is too large.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be approved; of a request its subject is the title."""

    kind: Kind
    title: str = ""
    words: str = ""
    amount: Money | None = None


@transaction.atomic
def ask(ticket: Ticket, wish: Wish, *, by: Actor, at: datetime) -> Approval:
    """
    Ask the nearest who may; what stood of this kind on the ticket is void from now on.

    Raises:
        NotEntitled: the actor may not ask.
        AlreadyClosed, AlreadyMerged: the ticket is over.
        NobodysClient, NobodyMay: there is nobody to ask, with the reason.
        NothingToApprove, NoAmount, TooMuch: it cannot be asked like this.
        AlreadyAsked: just this stands already.
    """
    if not by.may(ApprovalRight.ASK):
        raise NotEntitled
    ticket = lock_unclosed(ticket)
    if ticket.company_id is None:
        raise NobodysClient(number=ticket.number)
    draft = _draft(ticket, wish, by=by, at=at)
    may = entitled_to(wish.kind, ticket, amount=draft.amount, at=at)
    if may.nobody is not None:
        raise NobodyMay(reason=may.nobody.reason.label, remedy=remedy_of(may.nobody))
    before = Approval.objects.select_for_update().filter(
        ticket=ticket, kind=draft.kind, state__in=STANDING
    )
    known = before.first()
    if known is not None:
        if known.content == draft.content:
            raise AlreadyAsked
        void(known, ticket, why=Ended.REPLACED, by=by, at=at)
        draft.replaces = known
    (draft.promise,) = make_promises(1, at=at)
    draft.save(force_insert=True)
    ask_step(draft, ticket, contacts=may.steps[0], number=1, by=by, at=at)
    return draft


def ask_step(
    approval: Approval,
    ticket: Ticket,
    *,
    contacts: Sequence[int],
    number: int,
    by: Actor,
    at: datetime,
) -> None:
    """Ask the contacts of one step, by mail where they have an address, and wait for them."""
    rows = Asked.objects.bulk_create(
        Asked(approval=approval, contact_id=contact, step=number, asked_at=at)
        for contact in contacts
    )
    begin_step(approval, at=at)
    asked = ApprovalAsked(
        ticket_id=ticket.pk,
        approval_id=approval.pk,
        approves=Kind(approval.kind),
        step=number,
        contact_ids=list(contacts),
    )
    record(asked, ticket, by=by, at=at)
    post(rows, ticket, by=by, at=at)


def _draft(ticket: Ticket, wish: Wish, *, by: Actor, at: datetime) -> Approval:
    title = ticket.subject if wish.kind is Kind.REQUEST else one_line(wish.title, LONGEST_TITLE)
    words = storable(wish.words).strip()[:LONGEST_WORDS]
    if not title.strip() and not words:
        raise NothingToApprove(field="title")
    amount = wish.amount.rounded() if wish.amount and wish.kind is Kind.COST else None
    if wish.kind is Kind.COST and (amount is None or amount.amount <= 0):
        raise NoAmount(field="amount")
    if amount is not None and amount.minor >= MOST_MINOR:
        raise TooMuch(field="amount")
    now = terms()
    draft = Approval(
        ticket=ticket,
        kind=wish.kind,
        company_id=ticket.company_id or 0,
        site_id=ticket.site_id,
        requester_id=ticket.requester_id,
        asset_id=ticket.asset_id,
        request_type_id=ticket.request_type_id,
        title=title[:LONGEST_TITLE],
        words=words,
        amount_minor=amount.minor if amount else None,
        currency=amount.currency if amount else "",
        asked_by_id=by.user_id,
        asked_at=at,
        patience=now.patience,
        calendar=now.calendar.current if now.calendar else None,
    )
    draft.content = draft.frozen.digest
    return draft
