"""
Filling: pages without a vector get one, in sets, each committed; what was cut off goes on.

A page that changes is a new one, and due again; so is each of another engine. What an engine takes
no text of is like nothing, and keeps no other page waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ambidesk.ground.search.pages.meaning.choosing import engine, extend
from ambidesk.ground.search.pages.meaning.engine import Engine, TextRefused, Vector

AT_ONCE = 8
# What any engine takes, unless it takes nothing at all.
PLAIN = "Opening hours"
# What a page is about stands at its beginning.
READ = 300
DUE = """
    SELECT page.id, page.title, left(page.body, %(read)s) FROM search_page AS page
     WHERE NOT EXISTS (SELECT FROM search_meaning AS meaning
                        WHERE meaning.page = page.id AND meaning.model = %(model)s)
     ORDER BY page.id DESC LIMIT %(limit)s
"""
# A page that went meanwhile gets none.
WRITE = """
    INSERT INTO search_meaning (page, model, vector)
    SELECT given.page, %(model)s, given.vector::real[]
      FROM unnest(%(pages)s::bigint[], %(vectors)s::text[]) AS given (page, vector)
      JOIN search_page AS page ON page.id = given.page FOR KEY SHARE OF page
    ON CONFLICT (page) DO UPDATE SET model = excluded.model, vector = excluded.vector
"""
COUNT = """
    SELECT count(meaning.page), count(*) FROM search_page AS page
      LEFT JOIN search_meaning AS meaning ON meaning.page = page.id AND meaning.model = %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How many pages have a vector of the engine, of how many."""

    pages: int
    of: int


def fill_due(*, limit: int = AT_ONCE) -> int:
    """
    Make the vectors of some pages that have none, the newest first; say how many.

    Raises:
        NoAnswer: the engine gave none; they stay due.
    """
    made = engine()
    if made is None or not extend():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"model": made.name, "read": READ, "limit": limit})
        rows = cursor.fetchall()
    if rows:
        _write(made, rows)
    return len(rows)


def filled() -> Filled | None:
    """Count; None where there is no engine."""
    made = engine()
    if made is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [made.name])
        pages, whole = cursor.fetchone()
    return Filled(pages=pages, of=whole)


def _write(made: Engine, rows: Sequence[tuple[int, str, str]]) -> None:
    vectors = _vectors(made, [f"{title}\n{' '.join(body.split())}" for _page, title, body in rows])
    written = ["{" + ",".join(f"{x:.7g}" for x in vector) + "}" for vector in vectors]
    with connection.cursor() as cursor:
        pages = [row[0] for row in rows]
        given: dict[str, Any] = {"model": made.name, "pages": pages, "vectors": written}
        cursor.execute(WRITE, given)


def _vectors(made: Engine, texts: Sequence[str]) -> Sequence[Vector]:
    """Where a set is refused each is asked for by itself; an empty vector is like nothing."""
    try:
        return made.texts(texts)
    except TextRefused:
        if len(texts) > 1:
            return [vector for text in texts for vector in _vectors(made, [text])]
        # Whoever refuses this as well was set up wrong, and everything stays due.
        made.texts([PLAIN])
        return [[]]
