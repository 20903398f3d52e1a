"""Nearest: the pages in sight whose meaning is like that of a question."""

from dataclasses import dataclass
from time import monotonic

import structlog
from django.db import connection

from ambidesk.ground.search.pages.meaning.choosing import compares, engine
from ambidesk.ground.search.pages.meaning.engine import NoAnswer
from ambidesk.ground.search.pages.sight import Sight

log = structlog.get_logger(__name__)
SHORTEST = 3
# After an engine gave no answer, questions go by words alone for so long.
REST_SECONDS = 30.0
NEAREST = """
    SELECT page.id, page.key, page.language, 1 - (meaning.vector::vector <=> {asked}) AS likeness
      FROM search_meaning AS meaning
      JOIN search_page AS page ON page.id = meaning.page AND {seen}
     WHERE meaning.model = %(model)s AND cardinality(meaning.vector) = cardinality({asked}::real[])
     ORDER BY meaning.vector::vector <=> {asked}, page.id LIMIT %(limit)s
"""
ASKED = "%(asked)s::real[]::vector"
ANY = "SELECT EXISTS (SELECT FROM search_meaning WHERE model = %s)"
_rests: dict[str, float] = {}
_filled: set[str] = set()


@dataclass(frozen=True, slots=True)
class Near:
    """A page, and how like it is, in [-1, 1]."""

    page: int
    key: int
    language: str
    likeness: float


def nearest(text: str, *, sight: Sight, limit: int) -> list[Near]:
    """Give the pages that are like a question, the likest first; none without an engine."""
    made = engine()
    if made is None or len(text.strip()) < SHORTEST or _rests.get(made.name, 0.0) > monotonic():
        return []
    if not compares() or not _has_any(made.name):
        return []
    try:
        asked = made.question(text)
    except NoAnswer as failed:
        _rests[made.name] = monotonic() + REST_SECONDS
        log.warning("no-meaning", engine=made.name, reason=str(failed))
        return []
    given = sight.given(asked=list(asked), model=made.name, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(NEAREST.format(asked=ASKED, seen=sight.of("page")), given)
        rows = [Near(*row) for row in cursor.fetchall()]
    return [row for row in rows if row.likeness >= made.least]


def _has_any(model: str) -> bool:
    """Say whether there is anything to compare with; from then on it is not asked again."""
    if model not in _filled:
        with connection.cursor() as cursor:
            cursor.execute(ANY, [model])
            if not cursor.fetchone()[0]:
                return False
        _filled.add(model)
    return True


def forget_rests() -> None:
    """Ask every engine again at once."""
    _rests.clear()
