"""
Tracing: keys by which persons are found among all, kept as digests in one indexed table.

A key that many share finds nobody, so that a search costs the same at any number of persons.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from django.db import connection

from ambidesk.parties.matching.blocking import keys_of
from ambidesk.parties.matching.diminutives import full_names
from ambidesk.parties.matching.record import Record
from ambidesk.parties.matching.sounds import sound
from ambidesk.parties.people.models import Trace

# So many share a key at most; and so many are looked at for one person.
MOST_OF_A_KEY = 40
MOST_OF_ONE = 100
# So many of one name, and the name alone tells nothing.
MOST_NAMESAKES = 4

FOUND = """
    WITH mine AS (SELECT person_id, key FROM people_trace WHERE person_id = ANY(%(persons)s)),
         near AS (
            SELECT mine.person_id, unnest(block.persons) AS other_id
              FROM mine CROSS JOIN LATERAL (
                   SELECT array_agg(shared.person_id) AS persons FROM (
                          SELECT person_id FROM people_trace
                           WHERE key = mine.key LIMIT %(block)s + 1) AS shared) AS block
             WHERE cardinality(block.persons) BETWEEN 2 AND %(block)s),
         ranked AS (
            SELECT person_id, other_id, row_number() OVER (
                   PARTITION BY person_id ORDER BY count(*) DESC, other_id) AS place
              FROM near WHERE other_id <> person_id GROUP BY person_id, other_id)
    SELECT person_id, other_id FROM ranked WHERE place <= %(most)s
"""


def digest(key: str) -> int:
    """Give the number that stands for a key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def traces_of(record: Record) -> set[int]:
    """Give the numbers of all keys of a record."""
    return {digest(key) for key in (*keys_of(record), *namesakes_of(record))}


def namesakes_of(record: Record) -> Iterator[str]:
    """Give the keys of those with the very same name, in whichever form of it."""
    if record.given and record.surname:
        whole = sound(record.surname)
        forms = full_names(record.given) or {sound(record.given)}
        yield from (f"x{form}|{whole}" for form in sorted(forms, key=str))


def trace(records: Mapping[int, Record], *, gone: Iterable[int]) -> None:
    """Write the traces of persons anew; those who are gone have none."""
    Trace.objects.filter(person__in={*records, *gone}).delete()
    Trace.objects.bulk_create(
        [
            Trace(person_id=person, key=key)
            for person, record in records.items()
            for key in sorted(traces_of(record))
        ],
        ignore_conflicts=True,
        batch_size=5000,
    )


def near(persons: Iterable[int]) -> list[tuple[int, int]]:
    """Pair these persons with those who share a key with them."""
    given: dict[str, list[int] | int] = {
        "persons": sorted(persons),
        "block": MOST_OF_A_KEY,
        "most": MOST_OF_ONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(FOUND, given)
        return [(int(person), int(other)) for person, other in cursor.fetchall()]


def have_few_namesakes(record: Record) -> bool:
    """Say whether a name is so rare that it alone tells something."""
    keys = [digest(key) for key in namesakes_of(record)]
    return all(
        Trace.objects.filter(key=key)[: MOST_NAMESAKES + 1].count() <= MOST_NAMESAKES
        for key in keys
    )
