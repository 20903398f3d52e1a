"""
Writing: pages come, change and go; what is counted of them is counted with each change.

One at a time, under a lock, so that what is counted is what stands. The same page written twice is
written once.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction

from ambidesk.ground.search.pages.page import Page
from ambidesk.ground.search.pages.taking_apart import Apart, take_apart

AT_ONCE = 100
# After so many a plan for the tables as they were costs twice the time.
MANY = 200
LOCK = "SELECT pg_advisory_xact_lock(hashtext('ambidesk.search.pages'))"
STANDING = """
    SELECT page.id, page.key, page.language, page.print FROM search_page AS page
      JOIN unnest(%s::bigint[], %s::text[]) AS asked (key, language) USING (key, language)
     WHERE page.shelf = %s
"""
KEYS = "SELECT id FROM search_page WHERE shelf = %s AND key = ANY(%s)"
PAGE = """
    INSERT INTO search_page (shelf, key, language, title, body, print,
                             titles, headings, bodies, keywords, heading_lengths)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
"""
POSTINGS = """
    COPY search_posting (shelf, term, page, key, language,
                         title_length, heading_length, body_length, keyword_length,
                         titles, headings, bodies, keywords, heading_numbers, places)
    FROM STDIN
"""
# What is counted, of pages that come (+1) and that go (-1).
COUNT_TERMS = """
    INSERT INTO search_term AS standing (shelf, term, pages)
    SELECT %(shelf)s, term, %(sign)s * count(*) FROM search_posting WHERE page = ANY(%(pages)s)
     GROUP BY term
    ON CONFLICT (shelf, term) DO UPDATE SET pages = standing.pages + excluded.pages
"""
COUNT_PAGES = """
    INSERT INTO search_shelf AS standing
           (shelf, language, pages, titles, headings, bodies, keywords)
    SELECT shelf, language, %(sign)s * count(*), %(sign)s * sum(titles), %(sign)s * sum(headings),
           %(sign)s * sum(bodies), %(sign)s * sum(keywords)
      FROM search_page WHERE id = ANY(%(pages)s) GROUP BY shelf, language
    ON CONFLICT (shelf, language) DO UPDATE
       SET pages = standing.pages + excluded.pages, titles = standing.titles + excluded.titles,
           headings = standing.headings + excluded.headings,
           bodies = standing.bodies + excluded.bodies,
           keywords = standing.keywords + excluded.keywords
"""
DROP = "DELETE FROM search_page WHERE id = ANY(%(pages)s)"
EMPTY = (
    "DELETE FROM search_term WHERE shelf = %(shelf)s AND pages = 0",
    "DELETE FROM search_shelf WHERE shelf = %(shelf)s AND pages = 0",
)


def write_pages(pages: Iterable[Page], *, shelf: str) -> int:
    """Put pages on a shelf in place of what had their keys and languages; give how many changed."""
    rest = iter(pages)
    changed = 0
    while part := list(islice(rest, AT_ONCE)):
        given = {(page.key, page.language): page for page in part}
        changed += _write([take_apart(page) for page in given.values()], shelf)
    if changed >= MANY:
        _settle()
    return changed


def remove_pages(keys: Collection[int], *, shelf: str, but: Collection[str] = ()) -> None:
    """Take all languages of these keys from a shelf, except those of `but`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(f"{KEYS} AND NOT language = ANY(%s)", [shelf, sorted(keys), list(but)])
        _drop([page for (page,) in cursor.fetchall()], shelf)


def _settle() -> None:
    """
    Tell PostgreSQL of a shelf that was just filled; by itself it looks a minute later.

    Postings are read from their index alone once it knows that all of them are for everybody.
    """
    order = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    with connection.cursor() as cursor:
        cursor.execute(f"{order} search_page, search_posting, search_term, search_shelf")


def _write(pages: Sequence[Apart], shelf: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        keys = [each.page.key for each in pages]
        languages = [each.page.language for each in pages]
        cursor.execute(STANDING, [keys, languages, shelf])
        standing = {row[1:3]: (row[0], row[3]) for row in cursor.fetchall()}
        new = [
            each
            for each in pages
            if standing.get((each.page.key, each.page.language), (0, ""))[1] != each.print
        ]
        old = [standing.get((each.page.key, each.page.language)) for each in new]
        _drop([page for page, _made in filter(None, old)], shelf)
        _add(new, shelf)
    return len(new)


def _drop(pages: Sequence[int], shelf: str) -> None:
    if pages:
        with connection.cursor() as cursor:
            given: dict[str, Any] = {"shelf": shelf, "sign": -1, "pages": list(pages)}
            for order in (COUNT_TERMS, COUNT_PAGES, DROP, *EMPTY):
                cursor.execute(order, given)


def _add(pages: Sequence[Apart], shelf: str) -> None:
    if not pages:
        return
    with connection.cursor() as cursor:
        ids = []
        for each in pages:
            page, lengths = each.page, each.lengths
            cursor.execute(
                PAGE,
                [shelf, page.key, page.language, page.title, each.text, each.print, *lengths,
                 list(each.heading_lengths)],
            )  # fmt: skip
            ids.append(cursor.fetchone()[0])
        with cursor.copy(POSTINGS) as copy:
            for number, each in zip(ids, pages, strict=True):
                page, lengths = each.page, each.lengths
                for term, found in each.postings.items():
                    stands = (*found.counts, found.headings, found.places)
                    row = (shelf, term, number, page.key, page.language, *lengths, *stands)
                    copy.write_row(row)
        given: dict[str, Any] = {"shelf": shelf, "sign": 1, "pages": ids}
        cursor.execute(COUNT_TERMS, given)
        cursor.execute(COUNT_PAGES, given)
