"""Articles with translations and revisions, categories, files, synonyms; readings, opinions."""

from ambidesk.support.knowledge.models.article import Article, ArticleQuerySet, Audience
from ambidesk.support.knowledge.models.category import Category
from ambidesk.support.knowledge.models.file import ArticleFile
from ambidesk.support.knowledge.models.insertion import Insertion, Manner
from ambidesk.support.knowledge.models.lesson import Lesson
from ambidesk.support.knowledge.models.opinion import Opinion
from ambidesk.support.knowledge.models.reading import Ask, Door, Reading
from ambidesk.support.knowledge.models.revision import Outcome, Review, Revision, RevisionQuerySet
from ambidesk.support.knowledge.models.synonym import Synonym
from ambidesk.support.knowledge.models.translation import FormerSlug, Language, Stage, Translation

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleQuerySet",
    "Ask",
    "Audience",
    "Category",
    "Door",
    "FormerSlug",
    "Insertion",
    "Language",
    "Lesson",
    "Manner",
    "Opinion",
    "Outcome",
    "Reading",
    "Review",
    "Revision",
    "RevisionQuerySet",
    "Stage",
    "Synonym",
    "Translation",
]
