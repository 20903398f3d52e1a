"""Sharing: addresses that belong to several, by their name or by who was seen to use them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ambidesk.parties.matching.boxes import is_role_box
from ambidesk.parties.matching.likeness import Level, of_given_names
from ambidesk.parties.matching.record import Record

# So many different given names at one address, and it is an office's or a family's.
SEVERAL_AT_A_BOX = 3
SEVERAL_AT_A_PHONE = 5


def shared_values(records: Sequence[Record]) -> frozenset[str]:
    """Find e-mail addresses and phones that belong to no single human being."""
    users: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for value in (*record.emails, *record.phones):
            users[value].add(record.given.casefold())
    roles = {value for value in users if "@" in value and is_role_box(value)}
    return frozenset(roles | {value for value, names in users.items() if _is_learnt(value, names)})


def without(record: Record, shared: frozenset[str]) -> Record:
    """Give the record as it is without what it shares."""
    if not shared or shared.isdisjoint((*record.emails, *record.phones)):
        return record
    return replace(
        record,
        emails=tuple(value for value in record.emails if value not in shared),
        phones=tuple(value for value in record.phones if value not in shared),
    )


def different_names(names: Iterable[str]) -> int:
    """Count given names of which no two may be one human being's."""
    apart: list[str] = []
    for name in sorted(filter(None, names)):
        if all(of_given_names(name, other) is Level.DIFFERENT for other in apart):
            apart.append(name)
    return len(apart)


def _is_learnt(value: str, names: set[str]) -> bool:
    several = SEVERAL_AT_A_BOX if "@" in value else SEVERAL_AT_A_PHONE
    return len(names) >= several and different_names(names) >= several
