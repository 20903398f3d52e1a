"""Overruling: a person decides about a ticket against the contract, or lets it decide again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.contracts import keeping
from ambidesk.service.contracts.models import Coverage, VerdictKind
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.rules.deciding import Verdict
from ambidesk.support.coverage.events import CoverageDecided
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import lock_unclosed, tell


class NobodysClient(Refusal):
    """The ticket is of no company, so no contract says anything about it."""

    sentence = _("Say first for which company ticket #%(number)s is.")


@transaction.atomic
def overrule(
    ticket: Ticket, verdict: VerdictKind, *, words: str, by: Actor, at: datetime
) -> Ticket:
    """
    Decide otherwise than the contract, with a reason.

    Raises:
        NotEntitled: the actor may not.
        NobodysClient: it is of no company.
        NoReasonGiven: without a reason.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    if not by.may(ContractRight.OVERRULE):
        raise NotEntitled
    row = lock_unclosed(ticket)
    coverage = _coverage(row, by=by, at=at)
    decision = keeping.overrule(coverage, verdict, words=words, by=by, at=at)
    event = CoverageDecided(
        ticket_id=row.pk,
        decision_id=decision.pk,
        verdict=Verdict(decision.verdict),
        overruled=True,
    )
    journal.record(event, by=by, at=at)
    tell([row])
    return row


@transaction.atomic
def let_decide(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """
    Let the contract decide again.

    Raises:
        NotEntitled: the actor may not.
        NobodysClient: it is of no company.
        NotOverruled: nobody decided otherwise.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    if not by.may(ContractRight.OVERRULE):
        raise NotEntitled
    row = lock_unclosed(ticket)
    keeping.take_back(_coverage(row, by=by, at=at), at=at)
    settle([row.pk], by=by, at=at)
    return row


def _coverage(ticket: Ticket, *, by: Actor, at: datetime) -> Coverage:
    if ticket.company_id is None:
        raise NobodysClient(number=ticket.number)
    if ticket.coverage is None:
        settle([ticket.pk], by=by, at=at)
        ticket.refresh_from_db(fields=["coverage"])
    if ticket.coverage is None:
        raise NobodysClient(number=ticket.number)
    return ticket.coverage
