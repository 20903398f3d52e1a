"""Whom an article is for and where it stands; its files; its revisions side by side."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.knowledge.articles import brands_of
from ambidesk.edge.web.workspace.knowledge.sight import visible_article
from ambidesk.edge.web.workspace.knowledge.text import NotAText, visible_text
from ambidesk.support.knowledge import publishing
from ambidesk.support.knowledge.arranging import Arrangement, arrange
from ambidesk.support.knowledge.models import (
    Article,
    ArticleFile,
    Audience,
    Category,
    Revision,
    Translation,
)
from ambidesk.support.knowledge.rules.comparing import Row, compared
from ambidesk.support.knowledge.writing import FILE_BYTES, FileTooLarge, keep_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """Two states of a text; without a number it is the draft of now."""

    text: Translation
    rows: tuple[Row, ...]
    revisions: tuple[Revision, ...]
    before: int
    after: int


def place(request: Request, article: int, language: str) -> HttpResponse:
    """Change whom it is for and where it stands."""
    row = visible_article(request.actor, article)
    given = request.POST
    mine = {each.pk: each for each in brands_of(request)}
    # Brands that somebody does not see stay as they are.
    kept = [each for each in row.brands.all() if each.pk not in mine]
    chosen = [each for pk, each in mine.items() if str(pk) in given.getlist("brands")]
    numbers = [_number(word) for word in " ".join(given.getlist("related")).split()][:20]
    audience = given.get("audience", "")
    said = Arrangement(
        audience=Audience(audience) if audience in Audience.values else Audience(row.audience),
        brands=[*kept, *chosen],
        category=Category.objects.filter(pk=_number(given.get("category", ""))).first(),
        related=list(Article.objects.visible_to(request.actor).filter(pk__in=numbers)),
        is_pinned=given.get("pinned") == "1",
        position=_number(given.get("position", "")),
    )
    arrange(row, said, by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def archive(request: Request, article: int, language: str) -> HttpResponse:
    """Take it out of readers' sight, or bring it back."""
    publishing.archive(visible_article(request.actor, article), by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def keep(request: Request, article: int) -> HttpResponse:
    """Keep a picture, a video or another file, and say how it stands in the text."""
    row = visible_article(request.actor, article)
    upload = request.FILES.get("file")
    if upload is None:
        raise NotAText(field="file")
    if (upload.size or 0) > FILE_BYTES:
        raise FileTooLarge(megabytes=FILE_BYTES // 1_000_000)
    name = upload.name or "file"
    kept = keep_file(row, upload.read(), name=name, by=request.actor, at=request.at)
    told = {
        "source": f"file:{kept.key}",
        "name": kept.name,
        "kind": kept.kind,
        "url": reverse("knowledge-file", args=[kept.key]),
    }
    return JsonResponse(told, status=201)


def file(request: Request, picture: str) -> HttpResponseBase:
    """Serve a file to whoever sees its article."""
    if not picture.isprintable():
        raise Http404
    seen = Article.objects.visible_to(request.actor)
    rows = ArticleFile.objects.filter(key=picture, article__in=seen)
    row = rows.select_related("blob").first()
    if row is None:
        raise Http404
    return handed_out(row.blob, row.name, inline=True, origins="same-origin")


def compare(request: Request, article: int, language: str) -> HttpResponse:
    """Show two states of a text side by side."""
    row = visible_text(request.actor, article, language=language)
    # The texts of all of them are not read for the two that are compared.
    revisions = tuple(row.revisions.select_related("by").defer("body"))
    before = _number(request.GET.get("before", "")) or row.published or 0
    after = _number(request.GET.get("after", ""))
    wanted = row.revisions.filter(number__in=(before, after))
    bodies = dict(wanted.order_by().values_list("number", "body"))
    page = ComparisonPage(
        text=row,
        rows=compared(bodies.get(before, ""), bodies.get(after, row.body)),
        revisions=revisions,
        before=before,
        after=after,
    )
    return render(request, "knowledge/comparison.html", {"page": page})


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 10 else 0
