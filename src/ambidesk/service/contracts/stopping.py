"""
Stopping: stops are set by hand or for debts, and lifted by who may or by the payment.

Who lifts a stop for debts by hand says until when they are overlooked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """One open document; without a contract it counts for each of its currency."""

    company: int
    document: str
    contract: int | None
    currency: str
    due_on: date
    open_amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What debts do to a contract: it is stopped for an amount, or `standing` is lifted."""

    contract: Contract
    amount: Decimal
    standing: Stop | None


@transaction.atomic
def review(companies: Collection[int], *, on: date, by: Actor, at: datetime) -> None:
    """Set the stops that debts give, and lift those for debts that are paid."""
    contracts = Contract.objects.select_for_update(no_key=True, of=("self",))
    rows = list(_bearing(contracts, companies))
    for each in _turns(rows, _open_debts(companies), on=on):
        if each.standing:
            _lift(each.standing, words="", by=by, at=at)
            continue
        row = Stop.objects.create(
            company_id=each.contract.company_id,
            contract=each.contract,
            why=StopFor.DEBT,
            blocks=each.contract.stop_blocks,
            amount=each.amount,
            set_at=at,
            set_by_id=by.user_id,
        )
        _record(row, by=by, at=at)


def foresee(told: Collection[Debt], *, on: date) -> Sequence[Turn]:
    """Say which stops would be set or lifted if the books said so; nothing is written."""
    companies = {each.company for each in told}
    debts = _open_debts(companies)
    for each in told:
        debts[each.company][each.document] = each
    return list(_turns(list(_bearing(Contract.objects.all(), companies)), debts, on=on))


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


Debts = Mapping[int, dict[str, Debt]]


def _bearing(rows: QuerySet[Contract], companies: Collection[int]) -> QuerySet[Contract]:
    """Those in which it was agreed, oldest first: they are locked in this order."""
    rows = rows.select_related("company").order_by("pk")
    return rows.filter(company__in=companies, activated_at__isnull=False)


def _open_debts(companies: Collection[int]) -> Debts:
    found: dict[int, dict[str, Debt]] = defaultdict(dict)
    rows = Receivable.objects.filter(company__in=companies, open_amount__gt=0).order_by()
    names = ("company", "document", "contract", "currency", "due_on", "open_amount")
    for values in rows.values_list(*names):
        debt = Debt(**dict(zip(names, values, strict=True)))
        found[debt.company][debt.document] = debt
    return found


def _turns(contracts: Sequence[Contract], debts: Debts, *, on: date) -> Iterator[Turn]:
    of_debts = Stop.objects.filter(contract__in=contracts, why=StopFor.DEBT)
    standing = {row.contract_id: row for row in of_debts.filter(lifted_at=None)}
    pardoned = set(of_debts.filter(pardoned_until__gt=on).values_list("contract", flat=True))
    for each in contracts:
        owed = _too_much(each, debts.get(each.company_id, {}).values(), on)
        if (stop := standing.get(each.pk)) and not owed:
            yield Turn(contract=each, amount=NONE, standing=stop)
        elif owed and not stop and each.pk not in pardoned:
            yield Turn(contract=each, amount=owed, standing=None)


def _too_much(contract: Contract, debts: Collection[Debt], on: date) -> Decimal:
    """Give what is overdue, when it is older or more than the contract bears; else nothing."""
    owed = [
        each
        for each in debts
        if each.contract in {None, contract.pk} and each.currency == contract.currency
        if each.due_on < on
    ]
    amount = sum((each.open_amount for each in owed), start=NONE)
    latest = on - timedelta(days=contract.stop_days or 0)
    is_old = contract.stop_days is not None and any(
        each.due_on < latest for each in owed if each.open_amount
    )
    is_much = contract.stop_amount is not None and amount > contract.stop_amount
    return amount if is_old or is_much else NONE


def _lift(row: Stop, *, words: str, by: Actor, at: datetime) -> None:
    row.lifted_at, row.lifted_by_id, row.lifted_words = at, by.user_id, words.strip()[:300]
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_words", "pardoned_until"])
    _record(row, by=by, at=at)


def _record(row: Stop, *, by: Actor, at: datetime) -> None:
    event = StopTurned(company_id=row.company_id, stop_id=row.pk, lifted=row.lifted_at is not None)
    journal.record(event, by=by, at=at)
