"""What lateness cost by a contract, in each period of its fee."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Sum

from ambidesk.service.charges.models import Penalty
from ambidesk.service.contracts.models import Contract
from ambidesk.service.contracts.saying import amount_words

PERIODS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """What lateness cost in one period."""

    starts: date
    amount: str
    number: int


def periods_of(contract: Contract) -> tuple[PeriodView, ...]:
    """Add up what each of the latest periods cost."""
    rows = Penalty.objects.filter(contract=contract).order_by("-period")
    owed = Sum(F("amount") - F("excused"))
    sums = rows.values_list("period").annotate(sum=owed, number=Count("pk"))
    return tuple(
        PeriodView(starts=starts, amount=amount_words(amount, contract.currency), number=number)
        for starts, amount, number in sums[:PERIODS]
    )
