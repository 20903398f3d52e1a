"""What happened to articles; ids and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event

ARTICLE = ("article", "article_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleBegun(Event):
    """Somebody began an article, or one of its languages."""

    kind: ClassVar[str] = "knowledge.begun"
    subject: ClassVar[tuple[str, str]] = ARTICLE

    article_id: int
    translation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleArranged(Event):
    """Whom an article is for, its brands, its place or its address changed."""

    kind: ClassVar[str] = "knowledge.arranged"
    subject: ClassVar[tuple[str, str]] = ARTICLE

    article_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionSubmitted(Event):
    """A text was sent for review."""

    kind: ClassVar[str] = "knowledge.submitted"
    subject: ClassVar[tuple[str, str]] = ARTICLE

    article_id: int
    translation_id: int
    revision_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionReviewed(Event):
    """A text was approved or returned."""

    kind: ClassVar[str] = "knowledge.reviewed"
    subject: ClassVar[tuple[str, str]] = ARTICLE

    article_id: int
    translation_id: int
    revision_id: int
    approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionPublished(Event):
    """A text is what is read from now on."""

    kind: ClassVar[str] = "knowledge.published"
    subject: ClassVar[tuple[str, str]] = ARTICLE

    article_id: int
    translation_id: int
    revision_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleArchived(Event):
    """An article is read no more, or again."""

    kind: ClassVar[str] = "knowledge.archived"
    subject: ClassVar[tuple[str, str]] = ARTICLE

    article_id: int
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChanged(Event):
    """A category was made, changed, archived or brought back."""

    kind: ClassVar[str] = "knowledge.category"
    subject: ClassVar[tuple[str, str]] = ("knowledge_category", "category_id")

    category_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInserted(Event):
    """An operator put an article into an answer."""

    kind: ClassVar[str] = "knowledge.inserted"
    subject: ClassVar[tuple[str, str]] = ("ticket", "ticket_id")

    ticket_id: int
    article_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymChanged(Event):
    """Words were said to mean one thing, changed, archived or brought back."""

    kind: ClassVar[str] = "knowledge.synonym"
    subject: ClassVar[tuple[str, str]] = ("knowledge_synonym", "synonym_id")

    synonym_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsSet(Event):
    """Which articles a newcomer is to read."""

    kind: ClassVar[str] = "knowledge.lessons_set"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    article_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonTicked(Event):
    """A newcomer read an article, or took that back."""

    kind: ClassVar[str] = "knowledge.lesson_ticked"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    article_id: int
    is_read: bool
