"""Debts from the books and the stops that follow from them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.models import Contract, Receivable, Stop
from ambidesk.service.contracts.owing import (
    DocumentTwice,
    Owed,
    WrongAmount,
    overdue,
    take_receivables,
)
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.stopping import (
    AlreadyLifted,
    BlocksNothing,
    SaysNotWhy,
    lift,
    review_due,
    stop,
)
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def chain(at: datetime) -> Company:
    """A chain whose contract is stopped for debts over 50,000 or older than 30 days."""
    made = agreements.company()
    agreements.in_force(made, at, stop_days=30, stop_amount=Decimal(50_000))
    return made


def _owed(chain: Company, document: str = "A-1", **said: object) -> Owed:
    given = {
        "company": chain,
        "document": document,
        "due_on": date(2026, 2, 20),
        "amount": Decimal(60_000),
        "open_amount": Decimal(60_000),
        "currency": "RUB",
    } | said
    return Owed(**given)  # type: ignore[arg-type]


def _take(*rows: Owed, at: datetime, on: date = TODAY) -> None:
    take_receivables(rows, whole=True, by=SYSTEM, at=at, on=on)


def test_too_much_overdue_stops_the_contract_and_payment_lifts_it(
    chain: Company, at: datetime
) -> None:
    _take(_owed(chain), at=at)
    standing = Stop.objects.get(lifted_at=None)
    assert (standing.amount, standing.blocks) == (60_000, ["contract"])
    _take(_owed(chain, open_amount=Decimal(100)), at=at)
    assert not Stop.objects.filter(lifted_at=None).exists()


def test_a_small_debt_stops_when_it_grows_old(chain: Company, at: datetime) -> None:
    _take(_owed(chain, amount=Decimal(500), open_amount=Decimal(500)), at=at)
    assert not Stop.objects.exists()
    assert review_due(by=SYSTEM, on=date(2026, 3, 22), at=at) == 1
    assert not Stop.objects.exists()
    review_due(by=SYSTEM, on=date(2026, 3, 23), at=at)
    assert Stop.objects.get().lifted_at is None


def test_what_the_books_no_longer_tell_is_paid(chain: Company, at: datetime) -> None:
    _take(_owed(chain), _owed(chain, "A-2"), at=at)
    _take(_owed(chain, "A-2"), at=at)
    assert Receivable.objects.get(document="A-1").open_amount == 0
    assert overdue([chain.pk], on=TODAY) == {chain.pk: (Money(Decimal(60_000), "RUB"),)}


def test_debts_of_two_currencies_are_never_one_sum(chain: Company, at: datetime) -> None:
    in_dollars = _owed(chain, "A-2", currency="USD", contract=None)
    _take(_owed(chain), in_dollars, at=at)
    (rubles, dollars) = overdue([chain.pk], on=TODAY)[chain.pk]
    assert (rubles.currency, dollars.currency) == ("RUB", "USD")
    assert rubles.amount == 60_000


def test_who_may_lifts_a_stop_for_debts_until_a_day(chain: Company, at: datetime) -> None:
    _take(_owed(chain), at=at)
    standing = Stop.objects.get()
    with pytest.raises(NotEntitled):
        lift(standing, words="They promised", by=Actor(kind=ActorKind.USER, id=1), at=at)
    lift(standing, words="They promised", pardoned_until=date(2026, 3, 10), by=SYSTEM, at=at)
    with pytest.raises(AlreadyLifted):
        lift(standing, words="Again", by=SYSTEM, at=at)
    review_due(by=SYSTEM, on=date(2026, 3, 9), at=at)
    assert not Stop.objects.filter(lifted_at=None).exists()
    review_due(by=SYSTEM, on=date(2026, 3, 10), at=at)
    assert Stop.objects.filter(lifted_at=None).count() == 1


def test_a_stop_names_what_it_blocks_and_why(chain: Company, at: datetime) -> None:
    contract = Contract.objects.get()
    with pytest.raises(BlocksNothing):
        stop(chain, contract=contract, blocks=(), words="No", by=SYSTEM, at=at)
    with pytest.raises(SaysNotWhy):
        stop(chain, contract=contract, blocks=Blocked, words=" ", by=SYSTEM, at=at)


def test_rows_of_the_books_that_cannot_be_meant_are_refused(chain: Company, at: datetime) -> None:
    with pytest.raises(DocumentTwice):
        _take(_owed(chain), _owed(chain), at=at)
    with pytest.raises(WrongAmount):
        _take(_owed(chain, open_amount=Decimal(70_000)), at=at)


def test_the_right_to_lift_is_one_of_its_own() -> None:
    assert ContractRight.LIFT != ContractRight.DEBTS
