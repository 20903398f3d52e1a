"""
Ranking: the best of the newest thousand hits of a sort, the best first.

A word that stands in every sixth message has as many hits as anybody will read within a few
thousand rows; all of them would take seconds.
"""

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.search.document import Sort
from ambidesk.ground.search.filters import Narrowing
from ambidesk.ground.search.marks import SIGN, quoted, scope_mark, windows
from ambidesk.ground.search.understanding import Understood

NEWEST = 1_000
# Hits that a filter looks at before it gives up on older ones.
LOOKED_AT = 20_000
# A hit is worth half as much after so many seconds.
HALF_LIFE = 180 * 24 * 3600
CURSOR = re.compile(r"([0-9.e+\-]{1,32})_([0-9]{1,18})", re.ASCII)

HITS = """
    WITH hits AS MATERIALIZED (
        SELECT id, whole, at, words FROM search_entry
         WHERE words @@ %(marked)s::tsquery {further}
         ORDER BY id DESC LIMIT %(newest)s
    ), scored AS (
        SELECT id, whole, at,
               (ts_rank(words, %(query)s::tsquery) + 0.01)
               * power(2::float8, extract(epoch FROM at)::float8 / %(half)s - 100)
               * CASE WHEN id = ANY(%(numbers)s) THEN 1e6 ELSE 1 END AS score
          FROM hits
    )
    SELECT id, whole, at, score, (SELECT count(*) FROM hits) FROM scored
     WHERE %(after_score)s::float8 IS NULL OR (score, id) < (%(after_score)s, %(after_id)s)
     ORDER BY score DESC, id DESC LIMIT %(limit)s
"""


class WrongPlace(InvalidInput):
    """The address names no place among results."""

    sentence = _("This page of the results does not exist. Begin at the top.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A hit: its id, what it is a part of, and what it is worth."""

    id: int
    whole: int
    at: datetime
    score: float

    @property
    def place(self) -> str:
        """The cursor just after it."""
        return f"{self.score!r}_{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched for in each sort."""

    understood: Understood
    narrowing: Narrowing
    scopes: tuple[int, ...] | None
    numbers: tuple[int, ...]


def best(search: Search, sort: Sort, *, after: str | None, limit: int) -> list[Ranked]:
    """
    Give the best hits of a sort that follow a cursor.

    Raises:
        WrongPlace: `after` is none.
    """
    values = _values(search, sort, after=after, limit=limit)
    further = _further(search.narrowing, values)
    newest = _newest(sort, search.narrowing)
    found: list[Any] = []
    if newest is None or search.scopes == ():
        return []
    for window in windows(sort, newest):
        values["marked"] = _marked(search, window)
        with connection.cursor() as cursor:
            cursor.execute(HITS.format(further=further), values)
            found = cursor.fetchall()
        if found and found[0][4] >= NEWEST:
            break
    return [Ranked(id=row[0], whole=row[1], at=row[2], score=row[3]) for row in found]


def _values(search: Search, sort: Sort, *, after: str | None, limit: int) -> dict[str, Any]:
    score, number = _place(after)
    return {
        "query": search.understood.query,
        "newest": NEWEST,
        "half": HALF_LIFE,
        "numbers": list(search.numbers) if sort.numbered else [],
        "after_score": score,
        "after_id": number,
        "limit": limit,
    }


def _place(after: str | None) -> tuple[float | None, int | None]:
    if not after:
        return None, None
    found = CURSOR.fullmatch(after)
    try:
        score = float(found[1]) if found else math.nan
    except ValueError:
        score = math.nan
    if found is None or not math.isfinite(score):
        raise WrongPlace(field="after")
    return score, int(found[2])


def _marked(search: Search, window: list[str]) -> str:
    parts = [quoted(window)]
    if search.scopes is not None:
        parts.append(quoted(scope_mark(scope) for scope in search.scopes))
    parts += [quoted(f"{SIGN}{mark}" for mark in either) for either in search.narrowing.marks]
    if search.understood.query:
        parts.append(search.understood.query)
    return " & ".join(parts)


def _further(narrowing: Narrowing, values: dict[str, Any]) -> str:
    parts = []
    if narrowing.since:
        parts.append("AND at >= %(since)s")
        values["since"] = narrowing.since
    if narrowing.before:
        parts.append("AND at < %(before)s")
        values["before"] = narrowing.before
    for place, wholes in enumerate(narrowing.wholes):
        sql, given = wholes.values("pk").query.sql_with_params()
        named = {f"whole_{place}_{number}": value for number, value in enumerate(given)}
        values.update(named)
        # The text comes from a QuerySet of ours; what somebody typed is among its values.
        parts.append(f"AND whole IN ({sql % tuple(f'%({name})s' for name in named)})")
    return " ".join(parts)


def _newest(sort: Sort, narrowing: Narrowing) -> int | None:
    """Read the highest id of a sort, or the one that was the latest before an instant."""
    with connection.cursor() as cursor:
        if narrowing.before:
            cursor.execute(
                "SELECT id FROM search_entry WHERE sort = %s AND at < %s ORDER BY at DESC LIMIT 1",
                [sort.name, narrowing.before],
            )
        else:
            cursor.execute(
                "SELECT id FROM search_entry WHERE sort = %s ORDER BY id DESC LIMIT 1", [sort.name]
            )
        row = cursor.fetchone()
    return int(row[0]) if row else None
