"""
Finding: a question in, pages out, the best first; those of the asked language before all others.

By words, or also by meaning; each page is shown with what answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.safestring import SafeString

from ambidesk.ground.search.pages.asking import Asked, ask
from ambidesk.ground.search.pages.meaning.nearest import Near, nearest
from ambidesk.ground.search.pages.ranking import WEIGHED, Ranked, rank
from ambidesk.ground.search.pages.rules.fusing import fuse
from ambidesk.ground.search.pages.showing import show
from ambidesk.ground.search.pages.sight import sight_of

# How much meaning counts beside words. Measured in both languages: so much adds what words do not
# find and leaves the order as good within 0.003 of nDCG; of more it becomes worse.
MEANING = 0.04
LONGEST_PAGE = 50
TEXTS = "SELECT id, title, body FROM search_page WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """
    A page that was found; `is_meant` where it is like the question by its meaning.

    `title` and `snippet` are markup: escaped, with `<mark>` around what was asked for.
    """

    key: int
    language: str
    worth: float
    title: SafeString
    snippet: SafeString
    is_meant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Pages, the best first; `taken_for` are words that stand nowhere and what stood for them."""

    hits: tuple[Hit, ...] = ()
    taken_for: tuple[tuple[str, tuple[str, ...]], ...] = ()


def find_pages(
    text: str,
    *,
    shelf: str,
    language: str,
    among: "QuerySet[Model] | None" = None,
    limit: int = 10,
    unfinished: bool = False,
) -> Found:
    """
    Find pages on a shelf; `among` are the rows whose ids their keys must be among.

    `unfinished`: somebody is still typing.
    """
    sight = sight_of(shelf, among)
    asked = ask(text, sight=sight, unfinished=unfinished)
    ranked = rank(asked, sight=sight, language=language)
    return _found(asked, ranked, limit)


def find_meant(
    text: str,
    *,
    shelf: str,
    language: str,
    among: "QuerySet[Model] | None" = None,
    limit: int = 10,
    unfinished: bool = False,
) -> Found:
    """Find pages as `find_pages` does, and what means the same in other words or languages."""
    sight = sight_of(shelf, among)
    asked = ask(text, sight=sight, unfinished=unfinished)
    ranked = rank(asked, sight=sight, language=language)
    near = nearest(text, sight=sight, limit=WEIGHED)
    return _found(asked, _together(ranked, near, language) if near else ranked, limit)


def _found(asked: Asked, ranked: Sequence[Ranked], limit: int) -> Found:
    shown = ranked[: min(max(limit, 1), LONGEST_PAGE)]
    return Found(hits=_hits(shown, asked), taken_for=asked.taken_for)


def _together(ranked: Sequence[Ranked], near: Sequence[Near], language: str) -> list[Ranked]:
    """Join what was found by words and by meaning, each language by itself."""
    known = {each.page: each for each in ranked}
    meant = {
        each.page: replace(known[each.page], is_meant=True)
        if each.page in known
        else Ranked(each.page, each.key, each.language, 0.0, is_meant=True)
        for each in near
    }
    known |= meant
    found: list[Ranked] = []
    for is_own in (True, False):
        order = fuse(
            *([each.page for each in rows if (each.language == language) == is_own]
              for rows in (ranked, near)),
            share=MEANING,
        )  # fmt: skip
        found += [known[page] for page in order]
    return found


def _hits(ranked: Sequence[Ranked], asked: Asked) -> tuple[Hit, ...]:
    if not ranked:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [[each.page for each in ranked]])
        texts = {row[0]: row[1:] for row in cursor.fetchall()}
    wanted = frozenset(term for word in asked.words for term in word)
    return tuple(
        Hit(
            key=each.key,
            language=each.language,
            worth=each.worth,
            title=title,
            snippet=snippet,
            is_meant=each.is_meant,
        )
        for each in ranked
        for title, snippet in [show(*texts[each.page], wanted=wanted)]
    )
