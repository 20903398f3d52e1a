"""Forgetting: what is about an erased person leaves the index, with the words only it had."""

from django.db import connection, transaction

from ambidesk.ground.search.indexing import lock
from ambidesk.ground.search.marks import person_mark

GO = """
    WITH gone AS (DELETE FROM search_entry WHERE words @@ %s::tsquery RETURNING words)
    SELECT DISTINCT lexeme FROM gone, unnest(words) WHERE lexeme !~ '[=0-9]'
"""
UNLEARN = """
    DELETE FROM search_lexeme
     WHERE lexeme = ANY(%s)
       AND NOT EXISTS (SELECT FROM search_entry
                        WHERE words @@ ('''' || search_lexeme.lexeme || '''')::tsquery)
"""


def forget_person(person: int) -> None:
    """
    Remove all that is about a person.

    What of it can still be found, as a ticket by its number, comes back by the journal.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        lock()
        cursor.execute(GO, [f"'{person_mark(person)}'"])
        words = [word for (word,) in cursor.fetchall()]
        cursor.execute(UNLEARN, [words])
