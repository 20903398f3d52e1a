"""Knowledge: articles in their languages, from draft over review to readers; search."""

from typing import Any, Literal

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import all_named, brands_of, named_if, one, require_every
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.knowledge import arranging, publishing, writing
from ambidesk.support.knowledge.models import (
    Article,
    ArticleQuerySet,
    Audience,
    Category,
    Language,
    Revision,
    Translation,
)
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.searching import search_seen

NOUN = "Articles"
READ, WRITE = KnowledgeRight.READ, KnowledgeRight.WRITE
REVIEW, PUBLISH = KnowledgeRight.REVIEW, KnowledgeRight.PUBLISH
ARTICLE = "articles/{int:article_id}"
TEXT = f"{ARTICLE}/texts/{{str:language}}"
LanguageName = Literal["ru", "en"]
AudienceName = Literal["public", "clients", "staff"]


class Text(Input):
    """What is written, the body in Markdown."""

    title: str = Field(min_length=1, max_length=160)
    summary: str = Field("", max_length=300)
    keywords: str = Field("", max_length=300)
    body: str = Field("", max_length=200_000)


class NewArticle(Text):
    """An article begun in one language."""

    language: LanguageName
    brand_ids: list[Id] = Field(min_length=1, max_length=50)
    audience: AudienceName = "public"


class Draft(Text):
    """The draft anew; `version` is that of the draft which was read."""

    version: int = Field(ge=1, le=2**31 - 1)


class Version(Input):
    """The version of the draft that was read: of another one nothing is decided."""

    version: int = Field(ge=1, le=2**31 - 1)


class Return(Version):
    """Why it goes back to its author."""

    words: str = Field(min_length=1, max_length=2000)


class Publication(Version):
    """A minor change leaves the other language as good as new."""

    minor: bool = False


class Place(Input):
    """Whom an article is for, and where it stands."""

    audience: AudienceName
    brand_ids: list[Id] = Field(min_length=1, max_length=50)
    category_id: Id | None = None
    related_ids: list[Id] = Field(default_factory=list, max_length=20)
    is_pinned: bool = False
    position: int = Field(0, ge=0, le=100_000)


class TextOut(Output):
    """One language of an article: its draft, and how far it is."""

    language: LanguageName
    version: int
    stage: Literal["draft", "review", "approved", "published"]
    title: str
    summary: str
    keywords: str
    body: str
    slug: str
    published: int | None = Field(description="The number of the revision that is read")
    published_at: Instant | None
    outdated_at: Instant | None = Field(description="Since when the other language is further")
    changed_at: Instant


class ArticleOut(Output):
    """An article; `brand_ids` and `related_ids` as far as the key reaches."""

    id: int
    audience: AudienceName
    brand_ids: list[int]
    category_id: int | None
    related_ids: list[int]
    is_pinned: bool
    position: int
    is_archived: bool
    texts: list[TextOut]


class RevisionOut(Output):
    """A text as it was sent for review or published; it never changes."""

    number: int
    title: str
    summary: str
    keywords: str
    body: str
    at: Instant


class Revisions(Output):
    """The latest hundred revisions, the newest first."""

    items: list[RevisionOut]


class ArticleSearch(Input):
    """What is looked for among published articles."""

    q: str = Field(min_length=1, max_length=300)
    language: LanguageName = "en"
    limit: int = Field(10, ge=1, le=25)


class ArticleHitOut(Output):
    """An article that was found; the snippet is escaped HTML with <mark>."""

    article_id: int
    language: str
    title: str
    snippet: str


class Hits(Output):
    """The best first."""

    items: list[ArticleHitOut]


@operation("GET", "articles", right=READ, name="listArticles", gives=Page[ArticleOut])
def show_all(request: Call, paging: Query[Paging]) -> dict[str, Any]:
    """List articles"""
    rows = _told(request.actor)
    return page_of(rows, of="articles", after=paging.after, limit=paging.limit, show=_article)


@operation("GET", "articles/search", right=READ, name="searchArticles", gives=Hits)
def search(request: Call, asked: Query[ArticleSearch]) -> dict[str, Any]:
    """Search published articles"""
    hits = search_seen(
        asked.q, articles=_articles(request.actor), language=asked.language, limit=asked.limit
    )
    return {
        "items": [
            {
                "article_id": hit.article,
                "language": hit.language,
                "title": hit.title,
                "snippet": str(hit.snippet),
            }
            for hit in hits
        ]
    }


@operation("POST", "articles", right=WRITE, name="beginArticle", gives=ArticleOut, status=201)
def begin(request: Call, body: NewArticle) -> dict[str, Any]:
    """Begin an article"""
    made = writing.begin_article(
        _text(body),
        language=Language(body.language),
        brands=all_named(brands_of(request.actor), body.brand_ids, field="brand_ids"),
        audience=Audience(body.audience),
        by=request.actor,
        at=request.at,
    )
    return _now(request, made.article_id)


@operation("GET", ARTICLE, right=READ, name="getArticle", gives=ArticleOut)
def show(request: Call, article_id: Key) -> dict[str, Any]:
    """Read an article in all its languages"""
    return _now(request, article_id)


@operation("PUT", f"{ARTICLE}/place", right=WRITE, name="placeArticle", gives=ArticleOut)
def place(request: Call, article_id: Key, body: Place) -> dict[str, Any]:
    """Say whom an article is for, and where it stands"""
    article = _own(request, article_id)
    categories = Category.objects.filter(archived_at=None)
    said = arranging.Arrangement(
        audience=Audience(body.audience),
        brands=all_named(brands_of(request.actor), body.brand_ids, field="brand_ids"),
        category=named_if(categories, body.category_id, field="category_id"),
        related=all_named(_articles(request.actor), body.related_ids, field="related_ids"),
        is_pinned=body.is_pinned,
        position=body.position,
    )
    arranging.arrange(article, said, by=request.actor, at=request.at)
    return _now(request, article_id)


@operation("PUT", f"{ARTICLE}/archive", right=PUBLISH, name="archiveArticle", gives=ArticleOut)
def archive(request: Call, article_id: Key) -> dict[str, Any]:
    """Take an article out of the sight of readers"""
    return _turned(request, article_id, out=True)


@operation("DELETE", f"{ARTICLE}/archive", right=PUBLISH, name="restoreArticle", gives=ArticleOut)
def restore(request: Call, article_id: Key) -> dict[str, Any]:
    """Bring an article back to readers"""
    return _turned(request, article_id, out=False)


@operation("POST", TEXT, right=WRITE, name="beginText", gives=ArticleOut, status=201)
def add(request: Call, article_id: Key, language: str, body: Text) -> dict[str, Any]:
    """Begin the text of an article in another language"""
    article = _own(request, article_id)
    writing.add_language(
        article, _text(body), language=_language(language), by=request.actor, at=request.at
    )
    return _now(request, article_id)


@operation("PUT", f"{TEXT}/draft", right=WRITE, name="saveDraft", gives=ArticleOut)
def save(request: Call, article_id: Key, language: str, body: Draft) -> dict[str, Any]:
    """Change a draft; what is published stays as it is"""
    found = _translation(request, article_id, language)
    writing.save_draft(found, _text(body), base=body.version, by=request.actor, at=request.at)
    return _now(request, article_id)


@operation("PUT", f"{TEXT}/submission", right=WRITE, name="submitText", gives=ArticleOut)
def submit(request: Call, article_id: Key, language: str, body: Version) -> dict[str, Any]:
    """Send a draft for review"""
    found = _translation(request, article_id, language)
    publishing.submit(found, base=body.version, by=request.actor, at=request.at)
    return _now(request, article_id)


@operation("PUT", f"{TEXT}/approval", right=REVIEW, name="approveText", gives=ArticleOut)
def approve(request: Call, article_id: Key, language: str, body: Version) -> dict[str, Any]:
    """Approve what is in review"""
    found = _translation(request, article_id, language)
    publishing.approve(found, base=body.version, by=request.actor, at=request.at)
    return _now(request, article_id)


@operation("PUT", f"{TEXT}/return", right=REVIEW, name="returnText", gives=ArticleOut)
def send_back(request: Call, article_id: Key, language: str, body: Return) -> dict[str, Any]:
    """Return what is in review to its author, with words"""
    found = _translation(request, article_id, language)
    publishing.send_back(found, body.words, base=body.version, by=request.actor, at=request.at)
    return _now(request, article_id)


@operation("PUT", f"{TEXT}/publication", right=PUBLISH, name="publishText", gives=ArticleOut)
def publish(request: Call, article_id: Key, language: str, body: Publication) -> dict[str, Any]:
    """Publish a draft"""
    found = _translation(request, article_id, language)
    publishing.publish(found, base=body.version, minor=body.minor, by=request.actor, at=request.at)
    return _now(request, article_id)


@operation("GET", f"{TEXT}/revisions", right=READ, name="listRevisions", gives=Revisions)
def show_revisions(request: Call, article_id: Key, language: str) -> dict[str, Any]:
    """List what was sent for review or published"""
    article = one(_articles(request.actor), article_id)
    rows = Revision.objects.filter(
        translation__article=article, translation__language=_language(language)
    )
    return {"items": [_revision(row) for row in rows.order_by("-number")[:100]]}


def _articles(actor: Actor) -> ArticleQuerySet:
    return Article.objects.visible_to(actor)


def _own(request: Call, pk: int) -> Article:
    """An article that stands in other brands too is theirs as well."""
    article = one(_articles(request.actor), pk)
    require_every(request.actor, article.brands.all())
    return article


def _translation(request: Call, pk: int, language: str) -> Translation:
    rows = Translation.objects.filter(article=_own(request, pk))
    found = rows.filter(language=_language(language)).first()
    if found is None:
        raise Http404
    return found


def _language(name: str) -> Language:
    if name not in Language.values:
        raise Http404
    return Language(name)


def _turned(request: Call, pk: int, *, out: bool) -> dict[str, Any]:
    article = one(_articles(request.actor).select_for_update(), _own(request, pk).pk)
    if (article.archived_at is None) == out:
        publishing.archive(article, by=request.actor, at=request.at)
    return _now(request, pk)


def _text(body: Text) -> writing.Text:
    return writing.Text(**{name: getattr(body, name) for name in Text.model_fields})


def _now(request: Call, pk: int) -> dict[str, Any]:
    return _article(one(_told(request.actor), pk))


def _told(actor: Actor) -> QuerySet[Article]:
    """Articles with what is told of them, as far as the actor reaches."""
    return _articles(actor).prefetch_related(
        "translations",
        Prefetch("brands", brands_of(actor)),
        Prefetch("related", _articles(actor)),
    )


def _article(row: Article) -> dict[str, Any]:
    return {
        "id": row.pk,
        "audience": row.audience,
        "brand_ids": [each.pk for each in row.brands.all()],
        "category_id": row.category_id,
        "related_ids": sorted(each.pk for each in row.related.all()),
        "is_pinned": row.is_pinned,
        "position": row.position,
        "is_archived": row.archived_at is not None,
        "texts": [_shown(each) for each in row.translations.all()],
    }


def _shown(row: Translation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in TextOut.model_fields}


def _revision(row: Revision) -> dict[str, Any]:
    return {name: getattr(row, name) for name in RevisionOut.model_fields}
