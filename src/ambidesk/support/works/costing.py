"""Costing: what the works of a ticket have cost until now."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Sum

from ambidesk.ground.kernel.money import Money
from ambidesk.support.works.models import Expense, PartUse, WorkLog


def spent_on(ticket_id: int) -> tuple[Money, ...]:
    """Add up time, expenses and parts with their reversals: an amount a currency, in its order."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for model in (WorkLog, Expense, PartUse):
        rows = model._default_manager.filter(ticket=ticket_id).exclude(currency="")  # noqa: SLF001 Django's public name
        for currency, cost in rows.order_by().values_list("currency").annotate(Sum("cost")):
            found[currency] += cost
    return tuple(Money(found[each], each) for each in sorted(found))
