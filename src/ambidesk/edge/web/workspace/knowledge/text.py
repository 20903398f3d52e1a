"""The editor of a text: shown, saved while typing, and moved along its way."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.knowledge.articles import brands_of
from ambidesk.edge.web.workspace.knowledge.links import LinksPart, part_of
from ambidesk.edge.web.workspace.knowledge.near import Near, near_to
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge import publishing
from ambidesk.support.knowledge.addressing import readdress
from ambidesk.support.knowledge.hearing import Heard, heard_of
from ambidesk.support.knowledge.models import (
    Article,
    Audience,
    Category,
    Language,
    Review,
    Stage,
    Translation,
)
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.writing import (
    ChangedMeanwhile,
    Text,
    add_language,
    save_draft,
    text_of,
)


class NotAText(InvalidInput):
    """What was sent is no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A text with its article, what may be done with it, and what others said of it."""

    text: Translation
    article: Article
    brands: tuple[Brand, ...]
    chosen_brands: frozenset[int]
    categories: tuple[Category, ...]
    others: tuple[Translation, ...]
    missing: tuple[tuple[str, str], ...]
    audiences: tuple[tuple[str, str], ...]
    reviews: tuple[Review, ...]
    heard: Heard
    public: str
    near: Near | None
    links: LinksPart | None
    can_write: bool
    can_submit: bool
    can_judge: bool
    can_publish: bool
    can_arrange: bool


def show(request: Request, article: int, language: str) -> HttpResponse:
    """Show the editor."""
    row = visible_text(request.actor, article, language=language)
    return render(request, "knowledge/text.html", {"page": _page(request, row)})


def save(request: Request, article: int, language: str) -> HttpResponse:
    """Save what is typed; who was late is told what stands there now, and loses nothing."""
    row = visible_text(request.actor, article, language=language)
    try:
        given = unpacked(request.body)
    except ValueError as wrong:
        raise NotAText from wrong
    if not isinstance(given, dict) or not isinstance(given.get("base"), int):
        raise NotAText
    told = {name: str(given.get(name, "")) for name in ("title", "summary", "keywords", "body")}
    try:
        kept = save_draft(row, Text(**told), base=given["base"], by=request.actor, at=request.at)
    except ChangedMeanwhile as late:
        now = visible_text(request.actor, article, language=language)
        theirs = {"version": now.version, "body": now.body, "title": now.title}
        return JsonResponse({"sentence": str(late), "theirs": theirs}, status=late.status)
    return JsonResponse({"version": kept.version, "stage": kept.stage})


def save_form(request: Request, article: int, language: str) -> HttpResponse:
    """Save what was typed where no script runs."""
    row = visible_text(request.actor, article, language=language)
    names = ("title", "summary", "keywords", "body")
    said = Text(**{name: request.POST.get(name, getattr(row, name)) for name in names})
    save_draft(row, said, base=_base(request), by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def submit(request: Request, article: int, language: str) -> HttpResponse:
    """Send it for review."""
    return _moved(request, article, language, publishing.submit)


def approve(request: Request, article: int, language: str) -> HttpResponse:
    """Approve it."""
    return _moved(request, article, language, publishing.approve)


def send_back(request: Request, article: int, language: str) -> HttpResponse:
    """Return it with words."""
    row = visible_text(request.actor, article, language=language)
    words = request.POST.get("words", "")
    publishing.send_back(row, words, base=_base(request), by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def publish(request: Request, article: int, language: str) -> HttpResponse:
    """Let readers see it."""
    row = visible_text(request.actor, article, language=language)
    minor = request.POST.get("minor") == "1"
    publishing.publish(row, base=_base(request), minor=minor, by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def confirm(request: Request, article: int, language: str) -> HttpResponse:
    """Say that it says all that the other language does."""
    row = visible_text(request.actor, article, language=language)
    publishing.confirm_current(row, by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def move(request: Request, article: int, language: str) -> HttpResponse:
    """Give it another address."""
    row = visible_text(request.actor, article, language=language)
    readdress(row, request.POST.get("slug", ""), by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def translate(request: Request, article: int, language: str) -> HttpResponse:
    """Begin the other language with this one's words, to be written over."""
    row = visible_text(request.actor, article, language=language)
    other = request.POST.get("other", "")
    if other not in Language.values:
        raise Http404
    said = text_of(row)
    made = add_language(
        row.article, said, language=Language(other), by=request.actor, at=request.at
    )
    return back_to("knowledge-text", article, made.language)


def visible_text(actor: Actor, article: int, *, language: str) -> Translation:
    """
    Give the text of an article that the actor sees.

    Raises:
        Http404: there is none.
    """
    seen = Article.objects.visible_to(actor).filter(pk=article)
    rows = Translation.objects.filter(article__in=seen, language=language)
    row = rows.select_related("article").first()
    if row is None:
        raise Http404
    return row


def _moved(
    request: Request, article: int, language: str, verb: Callable[..., object]
) -> HttpResponse:
    row = visible_text(request.actor, article, language=language)
    verb(row, base=_base(request), by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def _base(request: Request) -> int:
    given = request.POST.get("base", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _page(request: Request, row: Translation) -> TextPage:
    article, may = row.article, request.actor.may
    others = tuple(article.translations.exclude(pk=row.pk))
    there = {row.language, *(each.language for each in others)}
    chosen = list(article.brands.all())
    brand = chosen[0] if chosen else None
    public = article.audience == Audience.PUBLIC and row.published and not article.archived_at
    may_judge = may(KnowledgeRight.REVIEW)
    can_arrange = may(KnowledgeRight.PUBLISH if row.published else KnowledgeRight.WRITE)
    return TextPage(
        text=row,
        article=article,
        brands=brands_of(request),
        chosen_brands=frozenset(each.pk for each in chosen),
        categories=tuple(Category.objects.filter(archived_at=None)),
        others=others,
        missing=tuple((v, str(label)) for v, label in Language.choices if v not in there),
        audiences=tuple((value, str(label)) for value, label in Audience.choices),
        reviews=tuple(
            Review.objects.filter(revision__translation=row).select_related("revision", "by")[:8]
        ),
        heard=heard_of(row),
        public=reverse("centre-article", args=[brand.slug, row.language, row.slug])
        if public and brand
        else "",
        near=near_to(row, actor=request.actor) if can_arrange else None,
        links=part_of(request, article) if can_arrange else None,
        can_write=may(KnowledgeRight.WRITE),
        can_submit=may(KnowledgeRight.WRITE) and row.stage == Stage.DRAFT,
        can_judge=may_judge and row.stage == Stage.REVIEW,
        can_publish=may(KnowledgeRight.PUBLISH)
        and row.stage != Stage.PUBLISHED
        and (may_judge or row.stage == Stage.APPROVED),
        can_arrange=can_arrange,
    )
