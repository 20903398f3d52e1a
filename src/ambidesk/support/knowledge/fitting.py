"""Fitting: the articles that are about a piece of equipment, an industry; the nearest first."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from ambidesk.support.knowledge.models import Article, ArticleQuerySet

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What it is about: models of equipment, classes, an industry as its company says it."""

    models: Collection[int] = ()
    classes: Collection[int] = ()
    industry: str = ""


def fitting(articles: ArticleQuerySet, about: About) -> list[int]:
    """Give the articles about these models, then of their classes, then of the industry."""
    found: dict[int, None] = {}
    for condition in _conditions(about):
        rows = articles.filter(condition).order_by("-is_pinned", "position", "pk")
        found.update(dict.fromkeys(rows.values_list("pk", flat=True)[:MOST]))
    return list(found)[:MOST]


def _conditions(about: About) -> list[Q]:
    models = Article.asset_models.through.objects.filter(article=OuterRef("pk"))
    classes = Article.asset_classes.through.objects.filter(article=OuterRef("pk"))
    found = []
    if about.models:
        found.append(Q(Exists(models.filter(assetmodel__in=about.models))))
    if about.classes:
        found.append(Q(Exists(classes.filter(assetclass__in=about.classes))))
    if about.industry:
        found.append(Q(industries__contains=[about.industry]))
    return found
