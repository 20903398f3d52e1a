"""Searching: articles for a question, those of its language first, cut by who may read them."""

from dataclasses import dataclass

from ambidesk.ground.search.pages.finding import find_meant, find_pages
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.indexing import SHELF
from ambidesk.support.knowledge.models import Article, ArticleQuerySet, Revision, RevisionQuerySet

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found, in one language."""

    article: int
    language: str
    slug: str
    title: str
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How it is looked for; a strict search keeps to its language but for what means the same."""

    language: str
    limit: int
    is_strict: bool
    by_meaning: bool


def search_public(
    text: str,
    *,
    brand: Brand,
    language: str,
    limit: int = 10,
    other_language: bool = False,
    by_meaning: bool = True,
) -> tuple[Hit, ...]:
    """
    Find what everybody may read of a brand; the last word of the question may go on.

    `by_meaning`: also what has other words for it, be it in the other language.
    """
    rows = Revision.objects.open_to_public(brand)
    among = Article.objects.open_to_public(brand)
    asked = Asking(
        language=language, limit=limit, is_strict=not other_language, by_meaning=by_meaning
    )
    return _found(text, rows, among, asked)


def search_seen(
    text: str, *, articles: ArticleQuerySet, language: str, limit: int = 10
) -> tuple[Hit, ...]:
    """Find among articles that somebody sees."""
    rows = Revision.objects.published().filter(translation__article__in=articles)
    asked = Asking(language=language, limit=limit, is_strict=False, by_meaning=True)
    return _found(text, rows, articles, asked)


def _found(
    text: str,
    rows: RevisionQuerySet,
    among: ArticleQuerySet,
    asked: Asking,
) -> tuple[Hit, ...]:
    find = find_meant if asked.by_meaning else find_pages
    pages = find(
        text[:LONGEST],
        shelf=SHELF,
        language=asked.language,
        among=among.order_by(),
        limit=asked.limit,
        unfinished=True,
    )
    # Those of the asked language come first: nothing of it is cut away by the others.
    hits = [
        hit
        for hit in pages.hits
        if not asked.is_strict or hit.is_meant or hit.language == asked.language
    ]
    if not hits:
        return ()
    known = _standing(rows, [hit.key for hit in hits])
    return tuple(
        Hit(
            article=hit.key,
            language=hit.language,
            slug=row.translation.slug,
            title=row.title,
            snippet=hit.snippet,
        )
        for hit in hits
        if (row := known.get((hit.key, hit.language)))
    )


def _standing(rows: RevisionQuerySet, articles: list[int]) -> dict[tuple[int, str], Revision]:
    """Give what is published now: what was unpublished since it was indexed is not shown."""
    standing = rows.filter(translation__article__in=articles).select_related("translation")
    return {(row.translation.article_id, row.translation.language): row for row in standing}
