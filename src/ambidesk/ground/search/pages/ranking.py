"""
Ranking: the best pages for a question, by how often and how seldom its words stand, then by where.

Pages are cut by reach in the statement that counts and ranks. It is answered from one index: of
the pages that have a frequent word, only those that are weighed again are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ambidesk.ground.search.pages.asking import Asked
from ambidesk.ground.search.pages.rules.weighing import Candidate, Standing, worth
from ambidesk.ground.search.pages.sight import Sight

WEIGHED = 80
# The sizes are those of the whole shelf: they tell nothing of any word.
# Weights of title, heading, text, keyword; how soon a word that is repeated is enough, and how much
# long texts are held back (k1 and b of BM25). What is read of a word once is both counted, to know
# how much the word tells in a language, and weighed.
FREQUENT = """
    WITH size AS (
        SELECT language, pages, 0.75 / greatest(titles::float8 / pages, 1) AS titles,
               0.75 / greatest(headings::float8 / pages, 1) AS headings,
               0.75 / greatest(bodies::float8 / pages, 1) AS bodies,
               0.75 / greatest(keywords::float8 / pages, 1) AS keywords
          FROM search_shelf WHERE shelf = %(shelf)s
    ), hit AS MATERIALIZED (
        SELECT word, page, posting.language, {sum}(weight * (
                   3.0::float8 * posting.titles / (0.25::float8 + title_length * size.titles)
                   + posting.headings / (0.25::float8 + heading_length * size.headings)
                   + posting.bodies / (0.25::float8 + body_length * size.bodies)
                   + 0.5::float8 * posting.keywords
                     / (0.25::float8 + keyword_length * size.keywords)
               )) AS often
          FROM unnest(%(words)s::int[], %(terms)s::text[], %(weights)s::float8[])
               AS asked (word, term, weight)
          JOIN search_posting AS posting ON posting.term = asked.term AND {seen}
          JOIN size ON size.language = posting.language
         {grouped}
    ), told AS MATERIALIZED (
        SELECT word, language,
               ln(1 + (pages - stands + 0.5::float8) / (stands + 0.5::float8)) AS tells
          FROM (SELECT word, language, count(*) AS stands FROM hit GROUP BY word, language) AS stood
          JOIN size USING (language)
    ), best AS (
        SELECT page AS id, bool_or(language = %(language)s) AS is_own,
               sum(tells * 2.2::float8 * often / (often + 1.2::float8)) AS worth
          FROM hit JOIN told USING (word, language)
         GROUP BY page ORDER BY is_own DESC, worth DESC, page LIMIT %(limit)s
    )
    SELECT id, language, worth, key, titles, heading_lengths,
           CASE WHEN row_number() OVER () = 1 THEN
               (SELECT json_agg(json_build_array(word, language, tells)) FROM told) END
      FROM best JOIN search_page AS page USING (id) ORDER BY is_own DESC, worth DESC, id
"""
# A word that several terms stand for is often where any of them is.
EACH = {"sum": "", "grouped": ""}
TOGETHER = {"sum": "sum", "grouped": "GROUP BY word, page, posting.language"}
# Word by word, never by all words of the pages: OFFSET keeps the planner from turning it round.
PLACES = """
    SELECT posting.page, asked.word, posting.titles > 0, posting.heading_numbers, posting.places
      FROM unnest(%(words)s::int[], %(terms)s::text[]) AS asked (word, term), LATERAL (
           SELECT page, titles, heading_numbers, places FROM search_posting
            WHERE shelf = %(shelf)s AND term = asked.term AND page = ANY(%(pages)s) OFFSET 0
           ) AS posting
"""
Tells = Mapping[tuple[int, str], float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A page and its worth for a question."""

    page: int
    key: int
    language: str
    worth: float
    is_meant: bool = False


def rank(asked: Asked, *, sight: Sight, language: str) -> list[Ranked]:
    """Order the best pages for a question, each by where its words stand."""
    rows = list(asked.rows())
    if not rows:
        return []
    words, terms, weights = (list(column) for column in zip(*rows, strict=True))
    given = sight.given(words=words, terms=terms, weights=weights)
    often, tells = _often(given, sight=sight, language=language)
    standings = _standings(given, [row[0] for row in often])
    worths = _worths(often, standings, tells, number=len(asked.words))
    found = [
        Ranked(page, key, spoken, worth(candidate, worths[spoken]))
        for page, spoken, frequencies, key, title_length, heading_lengths in often
        for candidate in [
            Candidate(
                frequencies=frequencies,
                title_length=title_length,
                heading_lengths=heading_lengths,
                standings=standings.get(page, {}),
            )
        ]
    ]
    return sorted(found, key=lambda each: (each.language != language, -each.worth, each.page))


def _often(
    given: Mapping[str, Any], *, sight: Sight, language: str
) -> tuple[list[tuple[int, str, float, int, int, list[int]]], Tells]:
    """
    Give the best pages by BM25F: page, language, worth, key, length of title, of headings.

    And how much each word tells in each language, by on how few pages in sight it stands.
    """
    way = TOGETHER if _is_together(given) else EACH
    sql = FREQUENT.format(seen=sight.of("posting"), **way)
    with connection.cursor() as cursor:
        cursor.execute(sql, {**given, "language": language, "limit": WEIGHED})
        rows = cursor.fetchall()
    told: list[tuple[int, str, float]] = next((row[-1] for row in rows if row[-1]), [])
    return [row[:-1] for row in rows], {(word, spoken): tells for word, spoken, tells in told}


def _is_together(given: Mapping[str, Any]) -> bool:
    return len(set(given["words"])) < len(given["words"])


def _worths(
    often: Sequence[Sequence[Any]],
    standings: Mapping[int, Mapping[int, Standing]],
    tells: Tells,
    *,
    number: int,
) -> Mapping[str, list[float]]:
    """How much each word tells among the best pages of each language; nothing where it is not."""
    found: dict[str, list[float]] = {}
    for page, spoken, *_rest in often:
        own = found.setdefault(spoken, [0.0] * number)
        for word in standings.get(page, {}):
            own[word] = tells.get((word, spoken), 0.0)
    return found


def _standings(given: Mapping[str, Any], pages: Sequence[int]) -> dict[int, dict[int, Standing]]:
    found: dict[int, dict[int, Standing]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PLACES, {**given, "pages": [*pages]})
        for page, word, is_in_title, headings, places in cursor.fetchall():
            own = found.setdefault(page, {})
            if before := own.get(word):
                own[word] = Standing(
                    is_in_title=is_in_title or before.is_in_title,
                    headings=[*dict.fromkeys([*before.headings, *headings])],
                    places=sorted([*before.places, *places]),
                )
            else:
                own[word] = Standing(is_in_title=is_in_title, headings=headings, places=places)
    return found
