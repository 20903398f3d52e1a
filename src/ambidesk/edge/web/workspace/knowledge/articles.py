"""The list of articles, and the beginning of a new one."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.models import Article, Language, Stage, Translation
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.writing import Text, begin_article
from ambidesk.support.tickets.reach import watched_brands

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesPage:
    """Texts by stage, and what can be begun."""

    rows: tuple[Translation, ...]
    stage: str
    asked: str
    stages: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    brands: tuple[Brand, ...]
    can_write: bool


def show(request: Request) -> HttpResponse:
    """Show the texts of the articles that somebody sees."""
    stage, asked = request.GET.get("stage", ""), one_line(request.GET.get("q", ""), 100)
    page = ArticlesPage(
        rows=tuple(_rows(request, stage=stage, asked=asked)),
        stage=stage,
        asked=asked,
        stages=tuple((value, str(label)) for value, label in Stage.choices),
        languages=tuple((value, str(label)) for value, label in Language.choices),
        brands=brands_of(request),
        can_write=request.actor.may(KnowledgeRight.WRITE),
    )
    return render(request, "knowledge/articles.html", {"page": page})


def begin(request: Request) -> HttpResponse:
    """Begin an article and go on in its editor."""
    given = request.POST
    language = given.get("language", "")
    row = begin_article(
        Text(title=given.get("title", "")),
        language=Language(language) if language in Language.values else Language.RUSSIAN,
        brands=[each for each in brands_of(request) if str(each.pk) in given.getlist("brands")],
        by=request.actor,
        at=request.at,
    )
    return back_to("knowledge-text", row.article_id, row.language)


def brands_of(request: Request) -> tuple[Brand, ...]:
    """Give the brands for which somebody may write."""
    rows = Brand.objects.filter(archived_at=None)
    if not request.actor.may(ReachRight.SEE_EVERYTHING):
        rows = rows.filter(pk__in=watched_brands(request.actor))
    return tuple(rows)


def _rows(request: Request, *, stage: str, asked: str) -> QuerySet[Translation]:
    seen = Article.objects.visible_to(request.actor)
    rows = Translation.objects.filter(article__in=seen).select_related("article__category")
    if stage == "archived":
        rows = rows.filter(article__archived_at__isnull=False)
    else:
        rows = rows.filter(article__archived_at=None)
    if stage == "outdated":
        rows = rows.filter(outdated_at__isnull=False)
    elif stage in Stage.values:
        rows = rows.filter(stage=stage)
    if asked:
        rows = rows.filter(Q(title__icontains=asked) | Q(keywords__icontains=asked))
    return rows.prefetch_related("article__brands").order_by("-changed_at", "-pk")[:MOST]
