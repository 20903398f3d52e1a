"""
Blocking: which pairs are worth comparing, by several keys of which one suffices.

A key that too many share is narrowed by a second thing, and left out where that does not help.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from ambidesk.parties.matching.comparing import bare
from ambidesk.parties.matching.places import words_of
from ambidesk.parties.matching.record import Record
from ambidesk.parties.matching.sounds import skeleton

LARGEST = 60


def keys_of(record: Record) -> Iterator[str]:
    """Give the keys under which a record is looked for."""
    given, surname = skeleton(record.given), skeleton(record.surname)
    for kind, values in (("e", record.emails), ("p", record.phones), ("h", record.handles)):
        yield from (f"{kind}{value}" for value in values)
    yield from (f"l{bare(value.partition('@')[0])}" for value in record.emails)
    yield from (f"l{bare(value)}" for value in record.nicks)
    yield from (f"t{value[-7:]}" for value in record.phones)
    if record.number:
        yield "n" + record.number
        yield "s" + "".join(sorted(record.number))
    if len(record.birth) == 8:
        yield f"d{record.birth[:4]}{min(record.birth[4:6], record.birth[6:])}" + max(
            record.birth[4:6], record.birth[6:]
        )
    if given and surname:
        # In one order, whichever field they stand in.
        yield "f" + "|".join(sorted((given, surname)))
    yield from _places(record, given, surname)


def _places(record: Record, given: str, surname: str) -> Iterator[str]:
    street = words_of(record.street)[:5]
    for name in filter(None, (given, surname)):
        if record.postcode:
            yield f"z{record.postcode}|{name}"
        if street:
            yield f"a{street}|{name}"
        if record.locality:
            yield f"c{words_of(record.locality)[:5]}|{name}"
        if len(record.birth) == 8:
            yield f"y{record.birth[:4]}|{name}"
            yield f"m{record.birth[4:]}|{name}"
    if street and record.house:
        yield f"b{record.house}|{street}"


def candidates(records: Sequence[Record]) -> set[tuple[int, int]]:
    """Give pairs of positions, the lower first, that share a key."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, record in enumerate(records):
        for key in set(keys_of(record)):
            blocks[key].append(position)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= LARGEST:
            pairs.update(combinations(block, 2))
        else:
            pairs.update(_narrowed(records, block))
    return pairs


def _narrowed(records: Sequence[Record], block: list[int]) -> Iterator[tuple[int, int]]:
    smaller: dict[str, list[int]] = defaultdict(list)
    for position in block:
        for key in set(_further(records[position])):
            smaller[key].append(position)
    for part in smaller.values():
        if len(part) <= LARGEST:
            yield from combinations(part, 2)


def _further(record: Record) -> Iterator[str]:
    if record.birth:
        yield "y" + record.birth[:4]
        yield "m" + record.birth[4:]
    if record.postcode:
        yield "z" + record.postcode
    if record.locality:
        yield "c" + words_of(record.locality)[:5]
    if record.middle:
        yield "o" + skeleton(record.middle)
    if record.company:
        yield "w" + words_of(record.company)[:6]
    yield from ("p" + value[-4:] for value in record.phones)
    yield from ("e" + value.partition("@")[0][:5] for value in record.emails)
    yield from ("h" + value for value in record.handles)
