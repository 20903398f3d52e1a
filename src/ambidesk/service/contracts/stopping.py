"""
Stopping: stops are set by hand or for debts, and lifted by who may or by the payment.

Who lifts a stop for debts by hand says until when they are overlooked.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.events import StopTurned
from ambidesk.service.contracts.models import Contract, Receivable, Stop, StopFor
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.rules.deciding import Blocked

NONE = Decimal(0)


class BlocksNothing(InvalidInput):
    """A stop that blocks nothing is none."""

    sentence = _("Choose what is stopped.")


class AlreadyLifted(Refusal):
    """Somebody lifted it before."""

    sentence = _("This stop was lifted before.")


class SaysNotWhy(InvalidInput):
    """A stop is set and lifted with a reason."""

    sentence = _("Say why.")


@transaction.atomic
def stop(
    company: Company,
    *,
    contract: Contract | None = None,
    blocks: Collection[Blocked],
    words: str,
    by: Actor,
    at: datetime,
) -> Stop:
    """
    Stop work for a company, or by one of its contracts.

    Raises:
        BlocksNothing: nothing was chosen.
        SaysNotWhy: without a reason.
    """
    if not blocks:
        raise BlocksNothing(field="blocks")
    if not words.strip():
        raise SaysNotWhy(field="words")
    row = Stop.objects.create(
        company=company,
        contract=contract,
        why=StopFor.PERSON,
        blocks=sorted(each.value for each in blocks),
        words=words.strip()[:300],
        set_at=at,
        set_by_id=by.user_id,
    )
    _record(row, by=by, at=at)
    return row


@transaction.atomic
def lift(
    stop: Stop, *, words: str, pardoned_until: date | None = None, by: Actor, at: datetime
) -> Stop:
    """
    Lift a stop; debts are overlooked until the day given.

    Raises:
        NotEntitled: the actor may not.
        AlreadyLifted: somebody did.
        SaysNotWhy: without a reason.
    """
    if not by.may(ContractRight.LIFT):
        raise NotEntitled
    if not words.strip():
        raise SaysNotWhy(field="words")
    row = Stop.objects.select_for_update().get(pk=stop.pk)
    if row.lifted_at:
        raise AlreadyLifted
    row.pardoned_until = pardoned_until
    _lift(row, words=words, by=by, at=at)
    return row


@transaction.atomic
def review(companies: Collection[int], *, on: date, by: Actor, at: datetime) -> None:
    """Set the stops that debts give, and lift those for debts that are paid."""
    contracts = Contract.objects.select_for_update(no_key=True, of=("self",))
    rows = contracts.filter(company__in=companies, activated_at__isnull=False).order_by("pk")
    for contract in rows:
        owed = _too_much(contract, on)
        standing = contract.stops.filter(why=StopFor.DEBT, lifted_at=None).first()
        if standing and not owed:
            _lift(standing, words="", by=by, at=at)
        elif owed and not standing and not _is_pardoned(contract, on):
            row = Stop.objects.create(
                company_id=contract.company_id,
                contract=contract,
                why=StopFor.DEBT,
                blocks=contract.stop_blocks,
                amount=owed,
                set_at=at,
                set_by_id=by.user_id,
            )
            _record(row, by=by, at=at)


def review_due(*, by: Actor, on: date, at: datetime) -> int:
    """Look at all companies that owe or are stopped for debts; say how many."""
    owing = set(
        Receivable.objects.filter(open_amount__gt=0, due_on__lt=on)
        .order_by()
        .values_list("company", flat=True)
    )
    stopped = Stop.objects.filter(why=StopFor.DEBT, lifted_at=None)
    companies = sorted(owing | set(stopped.order_by().values_list("company", flat=True)))
    review(companies, on=on, by=by, at=at)
    return len(companies)


def _too_much(contract: Contract, on: date) -> Decimal:
    """Give what is overdue, when it is older or more than the contract bears; else nothing."""
    if contract.stop_days is None and contract.stop_amount is None:
        return NONE
    rows = Receivable.objects.filter(
        Q(contract=None) | Q(contract=contract),
        company=contract.company_id,
        currency=contract.currency,
        due_on__lt=on,
        open_amount__gt=0,
    )
    owed = list(rows.values_list("due_on", "open_amount"))
    amount = sum((each for _due, each in owed), start=NONE)
    latest = on - timedelta(days=contract.stop_days or 0)
    is_old = contract.stop_days is not None and any(due < latest for due, _open in owed)
    is_much = contract.stop_amount is not None and amount > contract.stop_amount
    return amount if is_old or is_much else NONE


def _is_pardoned(contract: Contract, on: date) -> bool:
    return contract.stops.filter(why=StopFor.DEBT, pardoned_until__gt=on).exists()


def _lift(row: Stop, *, words: str, by: Actor, at: datetime) -> None:
    row.lifted_at, row.lifted_by_id, row.lifted_words = at, by.user_id, words.strip()[:300]
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_words", "pardoned_until"])
    _record(row, by=by, at=at)


def _record(row: Stop, *, by: Actor, at: datetime) -> None:
    event = StopTurned(company_id=row.company_id, stop_id=row.pk, lifted=row.lifted_at is not None)
    journal.record(event, by=by, at=at)
