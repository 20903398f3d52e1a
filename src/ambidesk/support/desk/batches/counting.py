"""Counting what came of a batch, and listing what refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

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
    counted = batch.items.order_by().values_list("state").annotate(number=Count("pk"))
    told = batch.items.filter(state__in=TOLD).order_by("pk")
    return Report(batch=batch, numbers=dict(counted), refused=tuple(told[:SHOWN]))
