"""Owing: what the books say is open, taken in whole for each company; what is not told is paid."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.events import DebtsRead
from ambidesk.service.contracts.models import Contract, Receivable
from ambidesk.service.contracts.stopping import review

FIELDS = ("contract", "due_on", "currency", "amount", "open_amount", "read_at")


class DocumentTwice(InvalidInput):
    """One document of a company is told twice."""

    sentence = _("Document “%(document)s” is there twice.")


class WrongAmount(InvalidInput):
    """More is open than was owed, or less than nothing."""

    sentence = _("Document “%(document)s”: what is open must lie between 0 and the amount.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One document of the books."""

    company: Company
    document: str
    due_on: date
    amount: Decimal
    open_amount: Decimal
    currency: str
    contract: Contract | None = None


@transaction.atomic
def take_receivables(
    rows: Sequence[Owed], *, whole: bool, by: Actor, at: datetime, on: date
) -> Collection[int]:
    """
    Take in what is open and set or lift the stops that follow; give the companies concerned.

    `whole` says that it is the whole list of each company told: what is missing in it is paid.

    Raises:
        DocumentTwice, WrongAmount, NoCurrency: a row cannot be meant.
    """
    companies = _lock(rows)
    if whole:
        told = {(row.company.pk, row.document) for row in rows}
        open_ones = Receivable.objects.filter(company__in=companies, open_amount__gt=0)
        paid = [
            pk
            for pk, company, document in open_ones.values_list("pk", "company", "document")
            if (company, document) not in told
        ]
        Receivable.objects.filter(pk__in=paid).update(open_amount=0, read_at=at)
    enter_receivables(rows, by=by, at=at)
    review(companies, on=on, by=by, at=at)
    return companies


@transaction.atomic
def enter_receivables(rows: Sequence[Owed], *, by: Actor, at: datetime) -> None:
    """
    Take in a part of what is open; the stops are for whoever has entered the last part.

    Raises:
        DocumentTwice, WrongAmount, NoCurrency: a row cannot be meant.
    """
    _require_meant(rows)
    companies = _lock(rows)
    _store(rows, at)
    journal.record_many([DebtsRead(company_id=each) for each in companies], by=by, at=at)


def overdue(companies: Collection[int], *, on: date) -> Mapping[int, tuple[Money, ...]]:
    """Add up what is overdue on a day, by company and currency; who owes nothing is absent."""
    rows = Receivable.objects.filter(
        Q(due_on__lt=on), company__in=companies, open_amount__gt=0
    ).order_by()
    found: defaultdict[int, list[Money]] = defaultdict(list)
    sums = rows.values_list("company", "currency").annotate(total=Sum("open_amount"))
    for company, currency, amount in sums.order_by("company", "currency"):
        found[company].append(Money(amount, currency))
    return {company: tuple(amounts) for company, amounts in found.items()}


def _lock(rows: Sequence[Owed]) -> list[int]:
    companies = sorted({row.company.pk for row in rows})
    list(Company.objects.select_for_update(no_key=True).filter(pk__in=companies).order_by("pk"))
    return companies


def _require_meant(rows: Sequence[Owed]) -> None:
    seen: set[tuple[int, str]] = set()
    for row in rows:
        Money(row.amount, row.currency)
        if not 0 <= row.open_amount <= row.amount:
            raise WrongAmount(field="open_amount", document=row.document)
        if (row.company.pk, row.document) in seen:
            raise DocumentTwice(field="document", document=row.document)
        seen.add((row.company.pk, row.document))


def _store(rows: Sequence[Owed], at: datetime) -> None:
    Receivable.objects.bulk_create(
        [
            Receivable(
                company=row.company,
                contract=row.contract,
                document=row.document,
                due_on=row.due_on,
                currency=row.currency,
                amount=row.amount,
                open_amount=row.open_amount,
                read_at=at,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["company", "document"],
        update_fields=FIELDS,
    )
