"""Debts: what the books say is open, told by an accounting system, and the stops that follow."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import NoSuchThing, companies_of, named, named_if, one
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page
from ambidesk.edge.api.v1.companies import OfCompany, of_company
from ambidesk.ground.kernel.days import day_of
from ambidesk.parties.companies.models import Company, LegalEntity
from ambidesk.service.contracts import stopping
from ambidesk.service.contracts.models import Contract, Receivable, Stop
from ambidesk.service.contracts.owing import Owed, overdue, take_receivables
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.rules.deciding import Blocked

NOUN = "Debts"
SEE, DEBTS = ContractRight.SEE, ContractRight.DEBTS
Amount = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
BlockedName = Literal["contract", "warranty", "chargeable"]
MOST = 500


class NewReceivable(Input):
    """
    One document of the books: what was owed by it and what is still open.

    The company is named by its id, or by the INN of one of its legal entities.
    """

    company_id: Id | None = None
    inn: str = Field("", max_length=12)
    contract_number: str = Field("", max_length=60)
    document: str = Field(min_length=1, max_length=80)
    due_on: date
    amount: Amount
    open_amount: Amount
    currency: str = Field("RUB", pattern="^[A-Z]{3}$")


class NewReceivables(Input):
    """
    Up to 500 documents: all of them are taken in, or none.

    `whole` says that these are all of each company that is named: what is missing was paid.
    """

    whole: bool = False
    receivables: list[NewReceivable] = Field(min_length=1, max_length=MOST)


class OverdueOut(Output):
    """What is past its day in one currency."""

    amount: Decimal
    currency: str


class DebtOut(Output):
    """What a company owes that is past its day; amounts of two currencies are never one sum."""

    company_id: int
    overdue: list[OverdueOut]


class Debts(Output):
    """The companies that were told of, and what they owe now."""

    companies: list[DebtOut]


class ReceivableOut(Output):
    """One document of the books."""

    id: int
    company_id: int
    contract_id: int | None
    document: str
    due_on: date
    amount: Decimal
    open_amount: Decimal
    currency: str
    read_at: Instant


class DebtFilter(OfCompany):
    """Which documents."""

    is_open: bool | None = None
    due_before: date | None = None


class StopFilter(OfCompany):
    """Which stops."""

    standing: bool | None = None


class NewStop(Input):
    """What is stopped for a company, or by one of its contracts, and why."""

    company_id: Id
    contract_id: Id | None = None
    blocks: list[BlockedName] = Field(min_length=1, max_length=3)
    words: str = Field(min_length=1, max_length=300)


class Lifting(Input):
    """Why it is lifted; debts are overlooked before the day given."""

    words: str = Field(min_length=1, max_length=300)
    pardoned_until: date | None = None


class StopOut(Output):
    """One stop, until it is lifted."""

    id: int
    company_id: int
    contract_id: int | None
    why: Literal["debt", "person"]
    blocks: list[str]
    words: str
    amount: Decimal | None
    set_at: Instant
    lifted_at: Instant | None
    lifted_words: str
    pardoned_until: date | None


@operation("GET", "receivables", right=SEE, name="listReceivables", gives=Page[ReceivableOut])
def show_all(request: Call, asked: Query[DebtFilter]) -> dict[str, Any]:
    """List what the books said"""
    rows = of_company(Receivable.objects.filter(company__in=companies_of(request.actor)), asked)
    if asked.is_open is not None:
        rows = rows.filter(open_amount__gt=0) if asked.is_open else rows.filter(open_amount=0)
    if asked.due_before:
        rows = rows.filter(due_on__lt=asked.due_before)
    return page_of(rows, of="receivables", after=asked.after, limit=asked.limit, show=_receivable)


@operation("POST", "receivables", right=DEBTS, name="takeReceivables", gives=Debts)
def take(request: Call, body: NewReceivables) -> dict[str, Any]:
    """
    Tell what is open

    Stops that a contract has for debts are set by it, and lifted where they are paid.
    """
    day = day_of(request.at)
    told = _Told(request, body.receivables)
    owed = [told.owed(each) for each in body.receivables]
    found = take_receivables(owed, whole=body.whole, by=request.actor, at=request.at, on=day)
    sums = overdue(found, on=day)
    return {
        "companies": [
            {
                "company_id": pk,
                "overdue": [
                    {"amount": each.amount, "currency": each.currency} for each in sums.get(pk, ())
                ],
            }
            for pk in sorted(found)
        ]
    }


@operation("GET", "stops", right=SEE, name="listStops", gives=Page[StopOut])
def show_stops(request: Call, asked: Query[StopFilter]) -> dict[str, Any]:
    """List stops"""
    rows = of_company(_stops(request), asked)
    if asked.standing is not None:
        rows = rows.filter(lifted_at__isnull=asked.standing)
    return page_of(rows, of="stops", after=asked.after, limit=asked.limit, show=_stop)


@operation("POST", "stops", right=DEBTS, name="setStop", gives=StopOut, status=201)
def stop(request: Call, body: NewStop) -> dict[str, Any]:
    """Stop work for a company, or by one of its contracts"""
    company = named(companies_of(request.actor), body.company_id, field="company_id")
    rows = Contract.objects.visible_to(request.actor).filter(company=company)
    made = stopping.stop(
        company,
        contract=named_if(rows, body.contract_id, field="contract_id"),
        blocks={Blocked(each) for each in body.blocks},
        words=body.words,
        by=request.actor,
        at=request.at,
    )
    return _stop(made)


@operation(
    "PUT", "stops/{int:stop_id}/lifting", right=ContractRight.LIFT, name="liftStop", gives=StopOut
)
def lift(request: Call, stop_id: Key, body: Lifting) -> dict[str, Any]:
    """Lift a stop"""
    row = stopping.lift(
        one(_stops(request), stop_id),
        words=body.words,
        pardoned_until=body.pardoned_until,
        by=request.actor,
        at=request.at,
    )
    return _stop(row)


class _Told:
    """What many documents name, read at once."""

    def __init__(self, request: Call, rows: list[NewReceivable]) -> None:
        seen = companies_of(request.actor)
        ids, inns = {each.company_id for each in rows}, {each.inn for each in rows if each.inn}
        self._by_id = seen.in_bulk([pk for pk in ids if pk])
        self._by_inn: dict[str, set[int]] = {}
        of_inn = LegalEntity.objects.filter(inn__in=inns, company__in=seen)
        for inn, company in of_inn.values_list("inn", "company"):
            self._by_inn.setdefault(inn, set()).add(company)
        several = {pk for found in self._by_inn.values() for pk in found}
        self._by_id |= seen.in_bulk([pk for pk in several if pk not in self._by_id])
        numbers = {each.contract_number for each in rows if each.contract_number}
        contracts = Contract.objects.visible_to(request.actor)
        of_numbers = contracts.filter(number__in=numbers, company__in=self._by_id)
        self._contracts = {(row.company_id, row.number): row for row in of_numbers}

    def owed(self, each: NewReceivable) -> Owed:
        """
        What the verb takes.

        Raises:
            NoSuchThing: company or contract is none, or the INN is of several companies.
        """
        company = self._company(each)
        contract = self._contracts.get((company.pk, each.contract_number))
        if each.contract_number and contract is None:
            raise NoSuchThing(field="body.contract_number", name=each.contract_number)
        return Owed(
            company=company,
            contract=contract,
            **each.model_dump(exclude={"company_id", "inn", "contract_number"}),
        )

    def _company(self, each: NewReceivable) -> Company:
        if each.company_id is not None:
            found = self._by_id.get(each.company_id)
        else:
            theirs = self._by_inn.get(each.inn, set())
            found = self._by_id[next(iter(theirs))] if len(theirs) == 1 else None
        if found is None:
            field = "company_id" if each.company_id is not None else "inn"
            raise NoSuchThing(field=f"body.{field}", name=field)
        return found


def _stops(request: Call) -> QuerySet[Stop]:
    return Stop.objects.filter(company__in=companies_of(request.actor))


def _stop(row: Stop) -> dict[str, Any]:
    return {name: getattr(row, name) for name in StopOut.model_fields}


def _receivable(row: Receivable) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ReceivableOut.model_fields}
