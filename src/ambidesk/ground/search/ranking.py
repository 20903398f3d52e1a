"""
Ranking: the best of the newest thousand hits of a sort, the best first, within a time.

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
from ambidesk.ground.search.marks import SIGN, Window, quoted, scope_mark, windows
from ambidesk.ground.search.patience import TimeIsOver, within
from ambidesk.ground.search.understanding import Understood

NEWEST = 1_000
MARGIN = 1.2
# A hit is worth half as much after so many seconds.
HALF_LIFE = 180 * 24 * 3600
CURSOR = re.compile(r"([0-9.e+\-]{1,32})_([0-9]{1,18})", re.ASCII)

# Ids alone are sorted; the words of a thousand are read again, those of tens of thousands never.
HITS = """
    SELECT id FROM search_entry WHERE words @@ %(marked)s::tsquery {further}
     ORDER BY id DESC LIMIT %(newest)s
"""
SCORES = """
    WITH scored AS (
        SELECT id, whole, at,
               (ts_rank(words, %(query)s::tsquery) + 0.01)
               * power(2::float8, extract(epoch FROM at)::float8 / %(half)s - 100)
               * CASE WHEN id = ANY(%(numbers)s) THEN 1e6 ELSE 1 END AS score
          FROM search_entry WHERE sort = %(sort)s AND id = ANY(%(ids)s)
    )
    SELECT id, whole, at, score FROM scored
     WHERE %(after_score)s::float8 IS NULL OR (score, id) < (%(after_score)s, %(after_id)s)
     ORDER BY score DESC, id DESC LIMIT %(limit)s
"""


class WrongPlace(InvalidInput):
    """The address names no place among results."""

    sentence = _("This page of the results does not exist. Begin at the top.")


@dataclass(frozen=True, slots=True)
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
class Best:
    """Hits, the best first; `is_all` says that none was passed over for lack of time."""

    ranked: tuple[Ranked, ...] = ()
    is_all: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched for in each sort; `until` is when looking has to end (monotonic seconds)."""

    understood: Understood
    narrowing: Narrowing
    scopes: tuple[int, ...] | None
    numbers: tuple[int, ...]
    until: float


def best(search: Search, sort: Sort, *, after: str | None, limit: int) -> Best:
    """
    Give the best hits of a sort that follow a cursor.

    Raises:
        WrongPlace: `after` is none.
    """
    score, number = _place(after)
    ids, is_all = _newest_hits(search, sort)
    values: dict[str, Any] = {
        "query": search.understood.query,
        "half": HALF_LIFE,
        "numbers": list(search.numbers) if sort.numbered else [],
        "sort": sort.name,
        "ids": ids,
        "after_score": score,
        "after_id": number,
        "limit": limit,
    }
    if not ids:
        return Best(is_all=is_all)
    with connection.cursor() as cursor:
        cursor.execute(SCORES, values)
        return Best(ranked=tuple(Ranked(*row) for row in cursor.fetchall()), is_all=is_all)


def _newest_hits(search: Search, sort: Sort) -> tuple[list[int], bool]:
    """
    Look through ever larger runs of the newest until there are a thousand hits, or no more.

    False beside them: the time was over before all could be looked through.
    """
    newest = None if search.scopes == () else _newest(sort, search.narrowing)
    if newest is None:
        return [], True
    values: dict[str, Any] = {"newest": NEWEST}
    hits_sql = HITS.format(further=_further(search.narrowing, values))
    found: list[int] = []
    wanted = 0.0
    for window in windows(sort, newest):
        if window.size is not None and window.size < wanted:
            continue
        asked = {**values, "marked": _marked(search, window)}
        try:
            with within(search.until) as cursor:
                cursor.execute(hits_sql, asked)
                found = [row[0] for row in cursor.fetchall()]
        except TimeIsOver:
            # A filter that fits few of very many: what the runs before have given counts.
            return found, False
        if len(found) >= NEWEST or window.size is None:
            break
        # Where few were found among these, the next run shall hold enough at one go.
        wanted = window.size * NEWEST * MARGIN / max(len(found), 0.5)
    return found, True


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


def _marked(search: Search, window: Window) -> str:
    parts = [quoted(window.marks)]
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
