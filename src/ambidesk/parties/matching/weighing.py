"""
Weighing: what each agreement and each contradiction is worth, in bits of likelihood.

Source: Fellegi and Sunter, A Theory for Record Linkage (1969): log2(m / u) a field.
"""

from dataclasses import dataclass
from math import log2

from ambidesk.parties.matching.commonness import ORDINARY, Commonness
from ambidesk.parties.matching.comparing import ASPECTS, Agreement
from ambidesk.parties.matching.likeness import Level
from ambidesk.parties.matching.record import Record

# By field: different, like, alike, equal. A field with a share by value has its bits from there.
BITS: dict[str, tuple[float, float, float, float]] = {
    "given": (-5.0, 3.0, 5.0, 6.0),
    "surname": (-4.0, 4.0, 7.0, 8.0),
    "middle": (-3.0, 1.5, 3.5, 4.0),
    "birth": (-5.0, 7.0, 9.0, 12.0),
    "number": (-4.0, 11.0, 16.0, 18.0),
    "email": (-0.5, 7.0, 8.0, 13.0),
    "phone": (-0.5, 3.0, 10.0, 10.0),
    "handle": (-0.2, 8.0, 16.0, 16.0),
    "company": (-0.5, 1.5, 4.0, 5.0),
    "house": (-2.0, 1.0, 4.0, 4.0),
    "street": (-2.5, 4.0, 8.0, 9.0),
    "locality": (-2.0, 3.0, 6.0, 6.0),
    "postcode": (-2.0, 3.0, 7.0, 7.0),
    "region": (-1.5, 0.0, 1.5, 1.5),
}
PLACE = ("house", "street", "locality", "postcode", "region")
# Parts of one address hang together: all of them say no more than this.
MOST_OF_PLACE = 16.0
MOST_AGAINST_PLACE = -6.0
# How often the same human being is written the same.
KEPT = 0.8
MOST_OF_A_NAME = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a pair is worth in all, and by field, in bits."""

    score: float
    parts: dict[str, float]


def weigh(agreement: Agreement, *, of: tuple[Record, Record], commonness: Commonness) -> Weight:
    """Weigh an agreement of two records."""
    parts = {
        aspect: _bits(aspect, level, _share(aspect, of, commonness))
        for aspect in ASPECTS
        if (level := getattr(agreement, aspect)) is not Level.MISSING
    }
    place = sum(parts.get(aspect, 0.0) for aspect in PLACE)
    rest = sum(bits for aspect, bits in parts.items() if aspect not in PLACE)
    score = rest + max(MOST_AGAINST_PLACE, min(MOST_OF_PLACE, place))
    return Weight(score=score, parts=parts)


def _bits(aspect: str, level: Level, share: float) -> float:
    bits = BITS[aspect][level - 1]
    if level < Level.ALIKE or aspect not in ORDINARY:
        return bits
    lost = BITS[aspect][3] - bits
    return min(MOST_OF_A_NAME, log2(KEPT / share)) - lost


def _share(aspect: str, of: tuple[Record, Record], commonness: Commonness) -> float:
    if aspect not in ORDINARY:
        return 1.0
    return max(commonness.of(aspect, getattr(each, aspect)) for each in of)
