"""Writing: an article begun, a language added, the draft changed; crossed changes are refused."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.pictures import HEAD_BYTES, size_of
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.addressing import free_slug
from ambidesk.support.knowledge.events import ArticleBegun
from ambidesk.support.knowledge.models import (
    Article,
    ArticleFile,
    Audience,
    Language,
    Stage,
    Translation,
)
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.rules.slugs import slug_of

LONGEST_BODY = 200_000
FILE_BYTES = 200_000_000


class ArticleNeedsTitle(InvalidInput):
    """It has no title."""

    sentence = _("Give the article a title.")


class TextTooLong(InvalidInput):
    """It is a book."""

    sentence = _("This text is too long for one article.")


class ChangedMeanwhile(Refusal):
    """Somebody saved another text since this one was opened."""

    sentence = _("Somebody else changed this text meanwhile. Yours is kept here until you decide.")


class LanguageThere(Refusal):
    """The article has this language already."""

    sentence = _("This article has a text in this language already.")


class NeedsBrand(InvalidInput):
    """It belongs to no brand."""

    sentence = _("Choose at least one brand.")


class FileTooLarge(InvalidInput):
    """It is larger than readers would wait for."""

    sentence = _("This file is too large: at most %(megabytes)s MB.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is written of a translation."""

    title: str
    summary: str = ""
    keywords: str = ""
    body: str = ""


@transaction.atomic
def begin_article(
    text: Text,
    *,
    language: Language,
    brands: Sequence[Brand],
    audience: Audience = Audience.PUBLIC,
    by: Actor,
    at: datetime,
) -> Translation:
    """
    Begin an article in a language.

    Raises:
        NotEntitled, NeedsBrand, ArticleNeedsTitle, TextTooLong.
    """
    require(KnowledgeRight.WRITE, by=by)
    if not brands:
        raise NeedsBrand(field="brands")
    article = Article.objects.create(audience=audience, made_at=at)
    article.brands.set(brands)
    return add_language(article, text, language=language, by=by, at=at)


@transaction.atomic
def add_language(
    article: Article, text: Text, *, language: Language, by: Actor, at: datetime
) -> Translation:
    """
    Begin a text of an article in another language.

    Raises:
        NotEntitled, LanguageThere, ArticleNeedsTitle, TextTooLong.
    """
    require(KnowledgeRight.WRITE, by=by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.translations.filter(language=language).exists():
        raise LanguageThere
    said = _clean(text)
    translation = Translation.objects.create(
        article=article,
        language=language,
        slug=free_slug(slug_of(said.title), language=language),
        title=said.title,
        summary=said.summary,
        keywords=said.keywords,
        body=said.body,
        changed_at=at,
        changed_by_id=by.user_id,
    )
    told = ArticleBegun(article_id=article.pk, translation_id=translation.pk)
    journal.record(told, by=by, at=at)
    return translation


@transaction.atomic
def save_draft(
    translation: Translation, text: Text, *, base: int, by: Actor, at: datetime
) -> Translation:
    """
    Change the draft that had the version `base`; what is published stays as it is.

    Raises:
        NotEntitled, ArticleNeedsTitle, TextTooLong.
        ChangedMeanwhile: it has another version by now; nothing is overwritten.
    """
    require(KnowledgeRight.WRITE, by=by)
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    said = _clean(text)
    if said == text_of(row):
        return row
    if row.version != base:
        raise ChangedMeanwhile
    row.title, row.summary, row.keywords, row.body = (
        said.title,
        said.summary,
        said.keywords,
        said.body,
    )
    if row.published is None and not row.revisions.exists():
        row.slug = free_slug(slug_of(row.title), language=row.language, of=row)
    row.version += 1
    row.stage = Stage.DRAFT
    row.changed_at, row.changed_by_id = at, by.user_id
    row.save()
    return row


@transaction.atomic
def keep_file(
    article: Article, content: bytes, *, name: str, by: Actor, at: datetime
) -> ArticleFile:
    """
    Keep a picture, a video or another file of an article; its key goes into the text.

    Raises:
        NotEntitled, FileTooLarge.
    """
    require(KnowledgeRight.WRITE, by=by)
    if len(content) > FILE_BYTES:
        raise FileTooLarge(megabytes=FILE_BYTES // 1_000_000)
    width, height = size_of(content[:HEAD_BYTES]) or (None, None)
    return ArticleFile.objects.create(
        article=article,
        key=secrets.token_urlsafe(24),
        blob=store(content, at=at),
        name=one_line(name, 200) or "file",
        width=width,
        height=height,
        at=at,
    )


def text_of(translation: Translation) -> Text:
    """Give what is written of a translation now."""
    return Text(
        title=translation.title,
        summary=translation.summary,
        keywords=translation.keywords,
        body=translation.body,
    )


def require(right: KnowledgeRight, *, by: Actor) -> None:
    """
    Let only whoever holds the right go on.

    Raises:
        NotEntitled: the actor does not.
    """
    if not by.may(right):
        raise NotEntitled


def _clean(text: Text) -> Text:
    title = one_line(text.title, 160)
    if not title:
        raise ArticleNeedsTitle(field="title")
    body = storable(text.body).replace("\r\n", "\n").rstrip()
    if len(body) > LONGEST_BODY:
        raise TextTooLong(field="body")
    return Text(
        title=title,
        summary=one_line(text.summary, 300),
        keywords=one_line(text.keywords, 300),
        body=body,
    )
