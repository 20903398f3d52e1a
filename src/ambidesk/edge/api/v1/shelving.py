"""How articles are kept: the topics of the help centre, and words that mean one thing."""

from typing import Annotated, Any

from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare
from ambidesk.edge.api.reaching import named_if
from ambidesk.edge.api.schemas import Id, Input, Output
from ambidesk.support.knowledge import arranging, equating
from ambidesk.support.knowledge.models import Category, Synonym
from ambidesk.support.knowledge.models.synonym import LEAST, MOST
from ambidesk.support.knowledge.rights import KnowledgeRight

NOUN = "Articles"
READ, PUBLISH = KnowledgeRight.READ, KnowledgeRight.PUBLISH


class NewTopic(Input):
    """A topic, named in both languages; without a `slug` it is made of the English name."""

    name_en: str = Field(min_length=1, max_length=80)
    name_ru: str = Field(min_length=1, max_length=80)
    slug: str = Field("", max_length=60, pattern="^[-a-zA-Z0-9_]*$")
    parent_id: Id | None = None
    position: int = Field(0, ge=0, le=10_000)


class TopicOut(Output):
    """A topic, in which articles stand as their `category`."""

    id: int
    name_en: str
    name_ru: str
    slug: str
    parent_id: int | None
    position: int
    is_archived: bool


class NewSynonyms(Input):
    """Words that mean one thing, in either language."""

    words: list[Annotated[str, Field(min_length=1, max_length=equating.LONGEST)]] = Field(
        min_length=LEAST, max_length=MOST
    )


class SynonymsOut(Output):
    """Whoever looks for one of these words in articles also finds the others."""

    id: int
    words: list[str]
    is_archived: bool


def _save_topic(request: Call, row: Category | None, body: NewTopic) -> Category:
    known = Category.objects.filter(archived_at=None)
    said = arranging.CategoryNames(
        name_en=body.name_en,
        name_ru=body.name_ru,
        slug=body.slug,
        parent=named_if(known, body.parent_id, field="parent_id"),
        position=body.position,
    )
    return arranging.set_up_category(row, said, by=request.actor, at=request.at)


def _topic(row: Category) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name_en": row.name_en,
        "name_ru": row.name_ru,
        "slug": row.slug,
        "parent_id": row.parent_id,
        "position": row.position,
        "is_archived": row.archived_at is not None,
    }


declare(
    Noun(
        chapter=NOUN,
        path="article-categories",
        name="Topic",
        singular="a topic of the help centre",
        plural="topics of the help centre",
        sees=READ,
        changes=PUBLISH,
        gives=TopicOut,
        takes=NewTopic,
        rows=lambda _request: Category.objects.all(),
        shown=lambda _request, row: _topic(row),
        save=_save_topic,
        turn=lambda request, row: arranging.archive_category(row, by=request.actor, at=request.at),
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="synonyms",
        name="Synonyms",
        singular="words that mean one thing",
        plural="words that mean one thing",
        sees=READ,
        changes=PUBLISH,
        gives=SynonymsOut,
        takes=NewSynonyms,
        rows=lambda _request: Synonym.objects.all(),
        shown=lambda _request, row: {
            "id": row.pk,
            "words": row.words,
            "is_archived": row.archived_at is not None,
        },
        save=lambda request, row, body: equating.equate(
            row, body.words, by=request.actor, at=request.at
        ),
        turn=lambda request, row: equating.archive_synonym(row, by=request.actor, at=request.at),
    )
)
