"""
Indexing: documents come, change and go, in batches from the journal.

One at a time, under a lock that erasing takes too: nothing that was read before an erasure is
written after it.
"""

import json
from collections.abc import Collection, Sequence

from django.db import connection, transaction

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.search.document import Document, Sort, sorts
from ambidesk.ground.search.marks import marks_of
from ambidesk.ground.search.words import indexable

AT_ONCE = 200
LOCK = "SELECT pg_advisory_xact_lock(hashtext('ambidesk.search'))"
WRITE = """
    INSERT INTO search_entry AS standing (sort, id, whole, at, words)
    SELECT %s, id, whole, at,
           setweight(to_tsvector('russian', short), 'A')
           || setweight(to_tsvector('simple', short), 'B')
           || to_tsvector('russian', body)
           || array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(marks)))
      FROM jsonb_to_recordset(%s)
        AS given (id bigint, whole bigint, at timestamptz, short text, body text, marks jsonb)
    ON CONFLICT (sort, id) DO UPDATE
       SET whole = excluded.whole, at = excluded.at, words = excluded.words
     WHERE (standing.whole, standing.at, standing.words)
           IS DISTINCT FROM (excluded.whole, excluded.at, excluded.words)
"""
# Words of letters only: nobody mistypes a serial into another one that is right.
LEARN = """
    INSERT INTO search_lexeme (lexeme)
    SELECT DISTINCT lexeme FROM search_entry, unnest(words)
     WHERE sort = %s AND id = ANY(%s)
       AND length(lexeme) BETWEEN 3 AND 32 AND lexeme !~ '[=0-9]'
     ORDER BY lexeme
    ON CONFLICT DO NOTHING
"""


def take(entries: Sequence[Entry]) -> None:
    """Bring what the entries of the journal changed up to date; taking them twice is once."""
    if not entries:
        return
    with transaction.atomic():
        lock()
        for sort in sorts():
            rebuild(sort, sort.touched(entries))


def rebuild(sort: Sort, ids: Collection[int]) -> None:
    """Write the documents of these ids as they are now; what is none any more goes."""
    wanted = sorted(set(ids))
    for first in range(0, len(wanted), AT_ONCE):
        with transaction.atomic():
            lock()
            part = wanted[first : first + AT_ONCE]
            documents = list(sort.documents(part))
            _drop(sort, set(part) - {document.id for document in documents})
            _write(sort, documents)


def lock() -> None:
    """Let nobody else index or erase until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def _drop(sort: Sort, gone: set[int]) -> None:
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_entry WHERE sort = %s AND id = ANY(%s)",
                [sort.name, sorted(gone)],
            )


def _write(sort: Sort, documents: Sequence[Document]) -> None:
    if not documents:
        return
    given = [
        {
            "id": document.id,
            "whole": document.whole,
            "at": document.at.isoformat(),
            "short": indexable(document.short),
            "body": indexable(document.body),
            "marks": marks_of(document, sort),
        }
        for document in documents
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [sort.name, json.dumps(given)])
        cursor.execute(LEARN, [sort.name, [document.id for document in documents]])
