"""Facts: time, visits and units, expenses and parts; and for which ticket a repair was done."""

from ambidesk.support.works.models.expense import Expense, ExpenseKind
from ambidesk.support.works.models.part_use import PartUse
from ambidesk.support.works.models.repaired import Repaired
from ambidesk.support.works.models.unit_use import CountedKind, UnitUse
from ambidesk.support.works.models.work_log import WorkLog

__all__ = [
    "CountedKind",
    "Expense",
    "ExpenseKind",
    "PartUse",
    "Repaired",
    "UnitUse",
    "WorkLog",
]
