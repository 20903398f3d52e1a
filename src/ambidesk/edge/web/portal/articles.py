"""Articles for clients: those about their own equipment first, of the brands that serve them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.ui.showing import served
from ambidesk.ground.kernel.texts import storable
from ambidesk.service.assets.models import Asset
from ambidesk.support.knowledge.fitting import About, fitting
from ambidesk.support.knowledge.models import Article, ArticleQuerySet, Language, Revision
from ambidesk.support.knowledge.rules.markdown import Target, articles_of, found_in, rendered
from ambidesk.support.knowledge.searching import search_seen
from ambidesk.support.knowledge.shelving import file_shown, files_in, told_in
from ambidesk.support.tickets.serving import brands_serving

SHOWN, FOUND, RELATED = 50, 20, 5
# Of so many models of one's own equipment articles are looked for.
MODELS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An article in a list."""

    article: int
    language: str
    title: str
    summary: str

    @classmethod
    def of(cls, row: Revision) -> "Line":
        """Say of a published text what a list shows."""
        told = row.translation
        return cls(
            article=told.article_id, language=told.language, title=row.title, summary=row.summary
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What is about one's own equipment, and the rest; or what was found."""

    asked: str
    own: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()
    found: tuple[Line, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """An article, its other languages, and what stands near it."""

    title: str
    language: str
    html: SafeString
    published_at: datetime | None
    is_outdated: bool
    others: tuple[str, ...]
    related: tuple[Line, ...]


def show(request: Request) -> HttpResponse:
    """List them; `?q=` searches."""
    asked = storable(request.GET.get("q", "")).strip()[:100]
    seen = articles_for(request)
    if asked:
        page = ListPage(asked=asked, found=found_for(seen, asked, limit=FOUND))
        return render(request, "portal/articles.html", {"page": page})
    own = fitting(seen, _own_equipment(request))
    rest = seen.exclude(pk__in=own).order_by("-is_pinned", "position", "pk")
    others = list(rest.values_list("pk", flat=True)[: SHOWN + 1])
    page = ListPage(
        asked="",
        own=lines_of(own),
        others=lines_of(others[:SHOWN]),
        has_more=len(others) > SHOWN,
    )
    return render(request, "portal/articles.html", {"page": page})


def one(request: Request, article: int) -> HttpResponse:
    """Show one in the reader's language, or in the one that `?language=` names."""
    seen = articles_for(request)
    rows = Revision.objects.published().filter(translation__article__in=seen.filter(pk=article))
    texts = {row.translation.language: row for row in rows.select_related("translation")}
    if not texts:
        raise Http404
    wanted = (request.GET.get("language", ""), get_language() or "")
    language = next((each for each in wanted if each in texts), next(iter(texts)))
    row = texts[language]
    near = seen.filter(related=article).values_list("pk", flat=True).order_by("pk")[:RELATED]
    page = OnePage(
        title=row.title,
        language=language,
        html=_markup(row, seen),
        published_at=row.translation.published_at,
        is_outdated=row.translation.outdated_at is not None,
        others=tuple(each for each in Language.values if each in texts and each != language),
        related=lines_of(list(near)),
    )
    return render(request, "portal/article.html", {"page": page})


def file(request: Request, key: str) -> HttpResponseBase:
    """Serve a file that an article shows or links, to whoever may read the article."""
    rows = Revision.objects.published().filter(translation__article__in=articles_for(request))
    row = file_shown(rows, key) if key == storable(key) else None
    if row is None:
        raise Http404
    return served(request, row, is_public=False)


def articles_for(request: Request) -> ArticleQuerySet:
    """What the contact may read of the brands that serve their companies."""
    brands = brands_serving(request.actor.companies)
    shared = Article.brands.through.objects.filter(brand__in=brands)
    return Article.objects.visible_to(request.actor).filter(pk__in=shared.values("article"))


def about_asset(request: Request, asset: Asset) -> tuple[Line, ...]:
    """Give the articles about a thing, those about its model before those of its class."""
    about = About(models=[asset.model_id], classes=[asset.model.asset_class_id])
    return lines_of(fitting(articles_for(request), about))


def found_for(seen: ArticleQuerySet, asked: str, *, limit: int) -> tuple[Line, ...]:
    """Search among what the contact may read; an article is found once."""
    hits = search_seen(asked, articles=seen, language=get_language() or "", limit=limit)
    return lines_of(list(dict.fromkeys(hit.article for hit in hits)))


def lines_of(articles: Sequence[int]) -> tuple[Line, ...]:
    """List articles in the reader's language, or else in the other."""
    return tuple(map(Line.of, told_in(articles, language=get_language() or "")))


def _own_equipment(request: Request) -> About:
    rows = Asset.objects.visible_to(request.actor).in_service().order_by()
    known = rows.values_list("model", "model__asset_class").distinct()[:MODELS]
    models = dict(known)
    return About(models=list(models), classes=sorted(set(models.values())))


def _markup(row: Revision, seen: ArticleQuerySet) -> SafeString:
    numbers = articles_of(row.body)
    open_ones = seen.filter(pk__in=numbers).values_list("pk", flat=True) if numbers else ()
    articles = {
        pk: Target(url=reverse("portal-article", args=[pk]), kind="article") for pk in open_ones
    }
    files = {
        key: Target(
            url=reverse("portal-article-file", args=[key]),
            kind=kept.kind,
            width=kept.width or 0,
            height=kept.height or 0,
        )
        for key, kept in files_in(row.translation.article_id, row.body).items()
    }
    made = rendered(row.body, found_in(files, articles))
    return mark_safe(made.html)  # noqa: S308 it went through the sanitiser
