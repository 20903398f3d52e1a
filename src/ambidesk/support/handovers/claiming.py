"""Claiming: a vendor is asked under warranty, names a number, gets the thing, and decides."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.handovers.events import ClaimMoved
from ambidesk.support.handovers.locking import lock_both, require_ours
from ambidesk.support.handovers.models import Claim, Handover
from ambidesk.support.handovers.rules.claim import OUTCOMES, ClaimState, can_follow
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record
from ambidesk.support.works.models import ExpenseKind
from ambidesk.support.works.putting import Of
from ambidesk.support.works.telling import spend

# One credit for one claim, however often it is told.
CREDITS = UUID("0d3b8f6e-5f63-4f0e-9f10-3f6f7a1c2b55")
MOST = Decimal(10) ** 10


class AlreadyClaimed(Refusal):
    """One claim a handover."""

    sentence = _("This is claimed already.")


class NoClaim(Refusal):
    """Nothing was claimed."""

    sentence = _("Nothing was claimed under warranty here.")


class ClaimElsewhere(Refusal):
    """It stands otherwise by now."""

    sentence = _("This cannot be done now: the claim stands at “%(state)s”.")


class NoNumber(InvalidInput):
    """A number has letters or digits."""

    sentence = _("Write the number that the vendor gave.")


class NoOutcome(InvalidInput):
    """Not one of those there are."""

    sentence = _("Say how the vendor decided.")


class NotRecovered(InvalidInput):
    """Nobody pays this back."""

    sentence = _("This cannot be what was recovered.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the vendor decided, and how much of the cost came back."""

    state: ClaimState
    recovered: Decimal | None = None


@transaction.atomic
def claim(handover: Handover, *, by: Actor, at: datetime) -> Claim:
    """
    Put down that the vendor is asked under warranty.

    Raises:
        NotEntitled: a contact says it.
        AlreadyClaimed: it is.
    """
    require_ours(by=by)
    ticket, row = lock_both(handover)
    if Claim.objects.filter(handover=row).exists():
        raise AlreadyClaimed
    made = Claim.objects.create(handover=row, asked_at=at)
    _record(ticket, row, made, before=None, by=by, at=at)
    return made


@transaction.atomic
def note_number(handover: Handover, number: str, *, by: Actor, at: datetime) -> Claim:
    """
    Note the RMA number that the vendor gave; a corrected one takes its place.

    Raises:
        NotEntitled, NoClaim, NoNumber.
        ClaimElsewhere: the vendor has decided.
    """
    said = one_line(number, 60)
    if not any(letter.isalnum() for letter in said):
        raise NoNumber(field="number")
    ticket, row, found = _locked(handover, by=by)
    before = ClaimState(found.state)
    if before in OUTCOMES:
        raise ClaimElsewhere(state=before.label)
    found.number, found.numbered_at = said, found.numbered_at or at
    if before is ClaimState.ASKED:
        found.state = ClaimState.NUMBERED
    found.save(update_fields=["number", "numbered_at", "state"])
    _record(ticket, row, found, before=before, by=by, at=at)
    return found


@transaction.atomic
def note_sent(handover: Handover, *, by: Actor, at: datetime) -> Claim:
    """
    Note that the thing is on its way to the vendor.

    Raises:
        NotEntitled, NoClaim.
        ClaimElsewhere: it was sent, or the vendor has decided.
    """
    ticket, row, found = _locked(handover, by=by)
    before = _step(found, ClaimState.SENT)
    found.sent_at = at
    found.save(update_fields=["state", "sent_at"])
    _record(ticket, row, found, before=before, by=by, at=at)
    return found


@transaction.atomic
def settle_claim(handover: Handover, outcome: Outcome, *, by: Actor, at: datetime) -> Claim:
    """
    Note how the vendor decided; what was recovered becomes a credit of the ticket, once.

    Raises:
        NotEntitled, NoClaim, NoOutcome, NotRecovered.
        ClaimElsewhere: it was decided before.
    """
    if outcome.state not in OUTCOMES:
        raise NoOutcome(field="outcome")
    money = outcome.recovered
    if money is not None and not (money.is_finite() and 0 <= money < MOST):
        raise NotRecovered(field="recovered")
    ticket, row, found = _locked(handover, by=by)
    before = _step(found, outcome.state)
    found.settled_at = at
    if money:
        whole = Money(money, row.contractor.currency).rounded()
        found.recovered, found.currency = whole.amount, whole.currency
    found.save()
    if found.money is not None and found.money.amount:
        of = Of(key=uuid5(CREDITS, str(found.pk)), day=day_of(at), ticket=ticket, asset=row.asset)
        credit = Money(-found.money.amount, found.money.currency)
        spend(of, kind=ExpenseKind.CONTRACTOR, cost=credit, by=by, at=at)
    _record(ticket, row, found, before=before, by=by, at=at)
    return found


def _locked(handover: Handover, *, by: Actor) -> tuple[Ticket, Handover, Claim]:
    require_ours(by=by)
    ticket, row = lock_both(handover)
    found = Claim.objects.select_for_update().filter(handover=row).first()
    if found is None:
        raise NoClaim
    return ticket, row, found


def _step(found: Claim, after: ClaimState) -> ClaimState:
    before = ClaimState(found.state)
    if not can_follow(before, after):
        raise ClaimElsewhere(state=before.label)
    found.state = after
    return before


def _record(
    ticket: Ticket,
    row: Handover,
    found: Claim,
    *,
    before: ClaimState | None,
    by: Actor,
    at: datetime,
) -> None:
    moved = ClaimMoved(
        ticket_id=ticket.pk,
        handover_id=row.pk,
        company_id=row.company_id,
        before=before,
        after=ClaimState(found.state),
    )
    record(moved, ticket, by=by, at=at)
