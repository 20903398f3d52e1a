"""Part: until when a part of a ticket is due, which is always before the whole is promised."""

from datetime import datetime, timedelta
from typing import Final

# What is left of the whole's time for putting the parts together.
LEFT_OVER: Final = 10


def part_due(start: datetime, *, whole_due: datetime) -> datetime | None:
    """
    Give nine tenths of the time from `start` to the promise of the whole, in whole seconds.

    None where less than two seconds are left: nothing can end before it.
    """
    left = int((whole_due - start).total_seconds())
    return start + timedelta(seconds=left - max(left // LEFT_OVER, 1)) if left > 1 else None
