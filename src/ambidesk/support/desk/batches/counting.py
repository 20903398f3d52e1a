"""Counting what came of a batch, and listing what refused."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from ambidesk.support.desk.models import Batch, BatchItem, ItemState

SHOWN = 100
TOLD = (ItemState.REFUSED, ItemState.STAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How many tickets are in which state, and those with a refusal, at most a hundred."""

    batch: Batch
    numbers: Mapping[str, int]
    refused: tuple[BatchItem, ...]

    @property
    def done(self) -> int:
        """How many were changed and are so still."""
        return self.numbers.get(ItemState.DONE, 0) + self.numbers.get(ItemState.LEAVING, 0)

    @property
    def undone(self) -> int:
        """How many are as they were before."""
        return self.numbers.get(ItemState.UNDONE, 0)

    @property
    def through(self) -> int:
        """How many are through with what is under way."""
        left = self.numbers.get(ItemState.WAITING, 0) + self.numbers.get(ItemState.LEAVING, 0)
        return self.batch.total - left

    @property
    def share(self) -> int:
        """How much is through, in percent."""
        return 100 * self.through // max(self.batch.total, 1)


def report_on(batch: Batch) -> Report:
    """Read what came of a batch so far."""
    return reports_on([batch])[0]


def reports_on(batches: Sequence[Batch]) -> list[Report]:
    """Read what came of batches so far, in their order."""
    items = BatchItem.objects.filter(batch__in=batches).order_by()
    numbers: dict[int, dict[str, int]] = defaultdict(dict)
    for batch, state, number in items.values_list("batch", "state").annotate(number=Count("pk")):
        numbers[batch][state] = number
    place = Window(RowNumber(), partition_by="batch", order_by="pk")
    told: dict[int, list[BatchItem]] = defaultdict(list)
    for item in (
        items.filter(state__in=TOLD).annotate(place=place).filter(place__lte=SHOWN).order_by("pk")
    ):
        told[item.batch_id].append(item)
    return [
        Report(batch=each, numbers=numbers[each.pk], refused=tuple(told[each.pk]))
        for each in batches
    ]
