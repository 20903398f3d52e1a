"""
Debts from a file of the books: a row a document, known again by company and number.

A row that says what is known already is left alone. Who says that the file is the whole list has
the open documents that it does not name paid, unless a row of it stays out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from ambidesk.across.importing.clients import refusals
from ambidesk.across.importing.clients.cells import Row, day
from ambidesk.across.importing.clients.plan import Plan, parts
from ambidesk.across.importing.clients.sites import companies_named
from ambidesk.across.importing.loading import Progress
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, LegalEntity
from ambidesk.service.contracts.models import Contract, Receivable
from ambidesk.service.contracts.owing import Owed, enter_receivables
from ambidesk.service.contracts.stopping import Debt, Turn, foresee, review

Key = tuple[int, str]
Receivables = Plan[Owed, tuple[Receivable, Owed]]
SIGNS = {"₽": "RUB", "РУБ": "RUB", "РУБ.": "RUB", "€": "EUR", "$": "USD"}
CODE = 3
MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What the rows of a file may name."""

    by_name: Mapping[str, Company]
    by_inn: Mapping[str, Sequence[Company]]
    contracts: Mapping[tuple[int, str], Contract]


def plan_receivables(rows: Iterable[Row], *, is_whole: bool) -> Receivables:
    """Compare a file with what is here; nothing is written."""
    rows = list(rows)
    here = _here(rows)
    plan, told, seen = Receivables(), dict[Key, Owed](), dict[Key, int]()
    for row in rows:
        owed = _read(row, here)
        if owed is None:
            continue
        key = (owed.company.pk, owed.document)
        if key in seen:
            row.wrong("document", refusals.Twice(line=seen[key]))
        else:
            seen[key], told[key] = row.line, owed
    plan.take(rows)
    companies = {owed.company.pk for owed in told.values()}
    kept = Receivable.objects.filter(company__in=companies).select_related("company", "contract")
    known = {(each.company_id, each.document): each for each in kept}
    for key, owed in told.items():
        _compare(plan, known.get(key), owed)
    if is_whole and not plan.held:
        gone = [each for key, each in known.items() if key not in told and each.open_amount]
        plan.changed += [(each, _paid(each)) for each in gone]
    return plan


def load_receivables(plan: Receivables, *, by: Actor, at: datetime, progress: Progress) -> None:
    """
    Write what the plan says, at most 500 documents a transaction, then the stops that follow.

    They are looked at once: a part of a company's debts says nothing of all of them.
    """
    owed = _told(plan)
    done = 0
    for part in parts(owed):
        enter_receivables(part, by=by, at=at)
        done += len(part)
        progress(done, len(owed))
    review(sorted({each.company.pk for each in owed}), on=day_of(at), by=by, at=at)


def turns_of(plan: Receivables, *, at: datetime) -> Sequence[Turn]:
    """Say which stops the plan would set or lift."""
    debts = [
        Debt(
            company=each.company.pk,
            document=each.document,
            contract=each.contract.pk if each.contract else None,
            currency=each.currency,
            due_on=each.due_on,
            open_amount=each.open_amount,
        )
        for each in _told(plan)
    ]
    return foresee(debts, on=day_of(at))


def money(value: str) -> Decimal:
    """
    Read an amount, as programmes or as people here write it.

    Raises:
        NotAnAmount: it is none.
    """
    plain = value.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if "," in plain and "." in plain:
        # Of two signs the last one is before the coins.
        plain = plain.replace("," if plain.rfind(",") < plain.rfind(".") else ".", "")
    try:
        amount = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < MOST or round(amount, 2) != amount:
        raise refusals.NotAnAmount(value=value[:40])
    return round(amount, 2)


def currency(value: str) -> str:
    """
    Read a currency by its code or sign.

    Raises:
        NotACurrency: it is none.
    """
    code = SIGNS.get(value.upper(), value.upper())
    if len(code) != CODE or not (code.isascii() and code.isalpha()):
        raise refusals.NotACurrency(value=value[:40])
    return code


def _here(rows: Sequence[Row]) -> Here:
    named = companies_named(row.cells.get("company", "") for row in rows)
    inns = {row.cells.get("inn", "") for row in rows} - {""}
    by_inn: dict[str, dict[int, Company]] = {}
    for entity in LegalEntity.objects.filter(inn__in=inns).select_related("company"):
        by_inn.setdefault(entity.inn, {})[entity.company_id] = entity.company
    companies = {row.pk for row in named.values()} | {pk for each in by_inn.values() for pk in each}
    contracts = Contract.objects.filter(company__in=companies)
    return Here(
        by_name=named,
        by_inn={inn: tuple(found.values()) for inn, found in by_inn.items()},
        contracts={(row.company_id, row.number.lower()): row for row in contracts},
    )


def _read(row: Row, here: Here) -> Owed | None:
    company = _company(row, here)
    number = row.text("contract", 60)
    contract = here.contracts.get((company.pk, number.lower())) if company and number else None
    if company and number and contract is None:
        row.wrong("contract", refusals.NoSuchContract(value=number))
    document = row.text("document", 80, needed=True)
    due = row.read("due", day, otherwise=None)
    if not row.cells.get("due"):
        row.wrong("due", refusals.Missing())
    amount = row.read("amount", money, otherwise=None)
    if not row.cells.get("amount"):
        row.wrong("amount", refusals.Missing())
    left = row.read("open", money, otherwise=amount)
    if amount is not None and left is not None and left > amount:
        row.wrong("open", refusals.MoreThanOwed())
    code = row.read("currency", currency, otherwise=contract.currency if contract else "RUB")
    if row.problems or company is None or due is None or amount is None or left is None:
        return None
    return Owed(
        company=company,
        contract=contract,
        document=document,
        due_on=due,
        amount=amount,
        open_amount=left,
        currency=code,
    )


def _company(row: Row, here: Here) -> Company | None:
    """Find the row's company by its name, its INN or both, or note why there is none."""
    name, inn = row.text("company", 200), row.cells.get("inn", "")
    if not name and not inn:
        row.wrong("company", refusals.NobodyNamed())
        return None
    of_inn = here.by_inn.get(inn, ())
    if not name:
        if len(of_inn) != 1:
            row.wrong("inn", refusals.NotOneOfInn(value=inn[:20]))
            return None
        return of_inn[0]
    company = here.by_name.get(name.lower())
    if company is None:
        row.wrong("company", refusals.NoSuchCompany(value=name[:80]))
    elif of_inn and company not in of_inn:
        row.wrong("inn", refusals.OtherInn(value=inn[:20]))
    return company


def _compare(plan: Receivables, known: Receivable | None, owed: Owed) -> None:
    if known is None:
        plan.new.append(owed)
        return
    if owed.contract is None and known.contract is not None:
        # What a file has no contract for stays with the one that it had.
        owed = replace(owed, contract=known.contract)
    if _facts(known) == _facts(owed):
        plan.unchanged += 1
    else:
        plan.changed.append((known, owed))


def _facts(row: Receivable | Owed) -> tuple[int | None, date, str, Decimal, Decimal]:
    contract = row.contract.pk if row.contract else None
    return contract, row.due_on, row.currency, row.amount, row.open_amount


def _paid(row: Receivable) -> Owed:
    return Owed(
        company=row.company,
        contract=row.contract,
        document=row.document,
        due_on=row.due_on,
        amount=row.amount,
        open_amount=Decimal(0),
        currency=row.currency,
    )


def _told(plan: Receivables) -> list[Owed]:
    return [*plan.new, *(owed for _known, owed in plan.changed)]
