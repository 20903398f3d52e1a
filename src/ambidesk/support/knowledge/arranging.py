"""Arranging: whom an article is for, its brands, its place among others; the tree of categories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.addressing import SeenByReaders
from ambidesk.support.knowledge.events import ArticleArranged, CategoryChanged
from ambidesk.support.knowledge.models import Article, Audience, Category
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.rules.slugs import slug_of
from ambidesk.support.knowledge.writing import NeedsBrand, require


class CategoryNeedsName(InvalidInput):
    """A language has no name."""

    sentence = _("Give the category a name in both languages.")


class CategorySlugTaken(InvalidInput):
    """Another category has it."""

    sentence = _("Another category has this short name.")


class CategoryBelowItself(InvalidInput):
    """It would hang on itself."""

    sentence = _("A category cannot belong to itself.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Whom an article is for and where it stands."""

    audience: Audience
    brands: Sequence[Brand]
    category: Category | None = None
    related: Sequence[Article] = ()
    is_pinned: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryNames:
    """What a category is called and where it stands."""

    name_en: str
    name_ru: str
    slug: str = ""
    parent: Category | None = None
    position: int = 0


@transaction.atomic
def arrange(article: Article, said: Arrangement, *, by: Actor, at: datetime) -> Article:
    """
    Change whom an article is for and where it stands.

    Raises:
        NotEntitled, NeedsBrand.
        SeenByReaders: it is published, and the actor may not publish.
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    seen = row.translations.filter(published__isnull=False).exists()
    require(KnowledgeRight.WRITE, by=by)
    if seen and not by.may(KnowledgeRight.PUBLISH):
        raise SeenByReaders
    if not said.brands:
        raise NeedsBrand(field="brands")
    row.audience, row.category = said.audience, said.category
    row.is_pinned, row.position = said.is_pinned, said.position
    row.save(update_fields=["audience", "category", "is_pinned", "position"])
    row.brands.set(said.brands)
    row.related.set([each for each in said.related if each.pk != row.pk])
    journal.record(ArticleArranged(article_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def set_up_category(
    category: Category | None, said: CategoryNames, *, by: Actor, at: datetime
) -> Category:
    """
    Make a category, or change the one given.

    Raises:
        NotEntitled, CategoryNeedsName, CategorySlugTaken, CategoryBelowItself.
    """
    require(KnowledgeRight.PUBLISH, by=by)
    row = Category.objects.select_for_update().get(pk=category.pk) if category else Category()
    row.name_en, row.name_ru = one_line(said.name_en, 80), one_line(said.name_ru, 80)
    if not row.name_en or not row.name_ru:
        raise CategoryNeedsName(field="name_en" if row.name_ru else "name_ru")
    row.slug = slug_of(said.slug or row.name_en)[:60]
    _require_above(row, said.parent)
    row.parent, row.position = said.parent, said.position
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise CategorySlugTaken(field="slug") from taken
    journal.record(CategoryChanged(category_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_category(category: Category, *, by: Actor, at: datetime) -> Category:
    """
    Take a category out of use, or into use again; its articles stay readable without it.

    Raises:
        NotEntitled.
    """
    require(KnowledgeRight.PUBLISH, by=by)
    row = turn(category, at=at)
    journal.record(CategoryChanged(category_id=row.pk), by=by, at=at)
    return row


def _require_above(row: Category, parent: Category | None) -> None:
    """Whoever changes the tree at the same time waits: a ring of two would be as bad as of one."""
    list(Category.objects.select_for_update().order_by("pk").values_list("pk"))
    above = parent
    while above is not None:
        if row.pk is not None and above.pk == row.pk:
            raise CategoryBelowItself(field="parent")
        above = above.parent
