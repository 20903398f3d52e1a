"""Shelving: what the readers of a brand find in a language, in few questions to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.models import (
    ArticleFile,
    Category,
    FormerSlug,
    Language,
    Revision,
    RevisionQuerySet,
    Translation,
)
from ambidesk.support.knowledge.rules.markdown import FILE, articles_of, files_of

MOST_RELATED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A published article as lists show it."""

    article: int
    slug: str
    title: str
    summary: str
    category: int | None
    is_pinned: bool
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A category with what readers find in it; `total` counts those below too."""

    category: Category
    articles: tuple[Listed, ...]
    children: tuple["Branch", ...]

    @property
    def total(self) -> int:
        """How many articles stand here and below."""
        return len(self.articles) + sum(child.total for child in self.children)

    def find(self, slug: str) -> "tuple[Branch, ...]":
        """Give the way from here down to a category; empty where it is not below."""
        if self.category.slug == slug:
            return (self,)
        for child in self.children:
            if way := child.find(slug):
                return (self, *way)
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An article as a reader opens it."""

    listed: Listed
    revision: Revision
    languages: dict[str, str]
    is_outdated: bool


def listed_for(brand: Brand, *, language: str) -> tuple[Listed, ...]:
    """List what everybody may read of a brand in a language, in the order of readers."""
    rows = Revision.objects.open_to_public(brand).filter(translation__language=language)
    return listed_from(rows)


def listed_from(rows: RevisionQuerySet) -> tuple[Listed, ...]:
    """List published revisions, in the order of readers."""
    facts = rows.order_by(
        "-translation__article__is_pinned",
        "translation__article__position",
        "translation__article",
    ).values_list(
        "translation__article",
        "translation__slug",
        "title",
        "summary",
        "translation__article__category",
        "translation__article__is_pinned",
        "translation__published_at",
        "at",
    )
    return tuple(
        Listed(
            article=article,
            slug=slug,
            title=title,
            summary=summary,
            category=category,
            is_pinned=is_pinned,
            published_at=published_at or at,
        )
        for article, slug, title, summary, category, is_pinned, published_at, at in facts
    )


def told_in(articles: Sequence[int], *, language: str) -> tuple[Revision, ...]:
    """Give what is published of articles, in their order, in a language or else in another."""
    found: dict[int, Revision] = {}
    rows = Revision.objects.published().filter(translation__article__in=articles)
    for row in rows.select_related("translation").order_by("translation"):
        article = row.translation.article_id
        if row.translation.language == language or article not in found:
            found[article] = row
    return tuple(found[article] for article in articles if article in found)


def branches_of(listed: Sequence[Listed]) -> tuple[Branch, ...]:
    """Give the categories that hold something of it, as a tree in their order."""
    categories = list(Category.objects.filter(archived_at=None))
    below: dict[int | None, list[Category]] = {}
    for category in categories:
        below.setdefault(category.parent_id, []).append(category)
    within: dict[int | None, list[Listed]] = {}
    for each in listed:
        within.setdefault(each.category, []).append(each)

    def grown(parent: int | None) -> tuple[Branch, ...]:
        found = (
            Branch(
                category=each,
                articles=tuple(within.get(each.pk, ())),
                children=grown(each.pk),
            )
            for each in below.get(parent, ())
        )
        return tuple(branch for branch in found if branch.total)

    return grown(None)


def opened(brand: Brand, slug: str, *, language: str) -> Opened | None:
    """Give what stands at an address, None where readers find nothing."""
    rows = Revision.objects.open_to_public(brand).filter(
        translation__slug=slug, translation__language=language
    )
    revision = rows.select_related("translation__article").first()
    if revision is None:
        return None
    translation = revision.translation
    article = translation.article
    others = Translation.objects.filter(article=article, published__isnull=False)
    return Opened(
        listed=Listed(
            article=article.pk,
            slug=translation.slug,
            title=revision.title,
            summary=revision.summary,
            category=article.category_id,
            is_pinned=article.is_pinned,
            published_at=translation.published_at or revision.at,
        ),
        revision=revision,
        languages=dict(others.values_list("language", "slug")),
        is_outdated=translation.outdated_at is not None,
    )


def moved_to(brand: Brand, slug: str, *, language: str) -> str | None:
    """Give the address to which a former one leads."""
    former = FormerSlug.objects.filter(slug=slug, language=language).first()
    if former is None:
        return None
    rows = Revision.objects.open_to_public(brand).filter(translation=former.translation_id)
    return rows.values_list("translation__slug", flat=True).first()


def related_to(brand: Brand, article: int, *, language: str) -> tuple[Listed, ...]:
    """Give what was named as related, and what links to it, for readers of the brand."""
    rows = Revision.objects.open_to_public(brand).filter(translation__language=language)
    return listed_from(rows.filter(translation__article__related=article))[:MOST_RELATED]


def slugs_of(brand: Brand, body: str, *, language: str) -> dict[int, str]:
    """Give the addresses of the articles that a text links, where readers find them."""
    numbers = articles_of(body)
    if not numbers:
        return {}
    rows = Revision.objects.open_to_public(brand).filter(
        translation__language=language, translation__article__in=numbers
    )
    return dict(rows.values_list("translation__article", "translation__slug"))


def files_in(article: int, body: str) -> dict[str, ArticleFile]:
    """Give the files that a text shows or links, by key."""
    keys = files_of(body)
    if not keys:
        return {}
    rows = ArticleFile.objects.filter(article=article, key__in=keys, blob__removed_at=None)
    return {row.key: row for row in rows.select_related("blob")}


def public_file(brand: Brand, key: str) -> ArticleFile | None:
    """Give a file that a published text for everybody shows or links."""
    return file_shown(Revision.objects.open_to_public(brand), key)


def file_shown(rows: RevisionQuerySet, key: str) -> ArticleFile | None:
    """Give a file that one of these texts shows or links."""
    if not FILE.match(f"file:{key}"):
        return None
    row = ArticleFile.objects.filter(key=key, blob__removed_at=None).select_related("blob").first()
    if row is None:
        return None
    shown = rows.filter(translation__article=row.article_id, body__contains=f"file:{key}")
    return row if shown.exists() else None


def languages_of(brand: Brand) -> tuple[str, ...]:
    """Give the languages in which a brand has something to read, its own first."""
    rows = Revision.objects.open_to_public(brand)
    found = set(rows.values_list("translation__language", flat=True).distinct())
    found.add(brand.language)
    return tuple(sorted((str(each) for each in found), key=lambda each: each != brand.language))


def is_language(given: str) -> bool:
    """Say whether there can be articles in it."""
    return given in Language.values
