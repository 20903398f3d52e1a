"""Commonness: how often a value stands among records, since a rare name says more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ambidesk.parties.matching.record import Record
from ambidesk.parties.matching.sounds import sound

# What holds where nothing is known of a field: the share of an ordinary given name and so on.
ORDINARY = {"given": 0.01, "surname": 0.002, "locality": 0.01, "company": 0.005}
FLOOR = {"given": 0.0008, "surname": 0.0002, "locality": 0.0005, "company": 0.0005}
# Few records say little about how rare a name is: what is ordinary weighs as so many of them.
ORDINARY_WEIGHS = 500


@dataclass(frozen=True, slots=True)
class Commonness:
    """Shares of values by field; a field that was not counted has the ordinary share."""

    shares: dict[str, dict[str, float]] = field(default_factory=dict)

    def of(self, aspect: str, value: str) -> float:
        """Give the share of records that have the value."""
        counted = self.shares.get(aspect)
        if not counted:
            return ORDINARY[aspect]
        return max(counted.get(sound(value), 0.0), FLOOR[aspect])


def count(records: Iterable[Record]) -> Commonness:
    """Count what stands in the records."""
    counters: dict[str, Counter[str]] = {aspect: Counter() for aspect in ORDINARY}
    for record in records:
        for aspect, counter in counters.items():
            if value := getattr(record, aspect):
                counter[sound(value)] += 1
    return Commonness(
        {
            aspect: {
                value: (number + ORDINARY_WEIGHS * ORDINARY[aspect])
                / (counter.total() + ORDINARY_WEIGHS)
                for value, number in counter.items()
            }
            for aspect, counter in counters.items()
        }
    )
