"""Articles for tests, made through the verbs."""

from datetime import datetime

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.knowledge.indexing import shelve
from ambidesk.support.knowledge.models import Audience, Category, Language, Translation
from ambidesk.support.knowledge.publishing import publish
from ambidesk.support.knowledge.writing import Text, add_language, begin_article
from tests.cast import Cast


def written(
    cast: Cast,
    title: str = "How to return a parcel",
    *,
    body: str = "## Pack it\n\nPut it into its box.\n\n## Bring it\n\nTo any shop.",
    language: str = "en",
    audience: Audience = Audience.PUBLIC,
    brand: object = None,
    by: Actor | None = None,
) -> Translation:
    """A draft."""
    return begin_article(
        Text(title=title, body=body, summary=f"{title}, in short."),
        language=Language(language),
        brands=[brand or cast.shop],  # type: ignore[list-item]
        audience=audience,
        by=by or cast.actor(cast.admin),
        at=cast.at,
    )


def published(cast: Cast, title: str = "How to return a parcel", **facts: object) -> Translation:
    """An article that readers see."""
    row = written(cast, title, **facts)  # type: ignore[arg-type]
    return out(cast, row)


def out(
    cast: Cast, row: Translation, *, minor: bool = False, at: datetime | None = None
) -> Translation:
    """The draft, published."""
    by = cast.actor(cast.admin)
    publish(row, base=row.version, minor=minor, by=by, at=at or cast.at)
    shelve([row.article_id])
    return Translation.objects.get(pk=row.pk)


def in_russian(cast: Cast, row: Translation, title: str = "Как вернуть посылку") -> Translation:
    """The other language of an article, published."""
    text = Text(title=title, body="## Упакуйте\n\nВ её коробку.")
    other = add_language(
        row.article, text, language=Language.RUSSIAN, by=cast.actor(cast.admin), at=cast.at
    )
    return out(cast, other)


def category(name: str = "Delivery", parent: Category | None = None) -> Category:
    """A category."""
    return Category.objects.create(
        name_en=name, name_ru=f"{name} по-русски", slug=name.lower(), parent=parent
    )
