"""
Indexing: what of articles is published stands on the shelf of search, a page a language.

Who may read is asked when it is looked for, so that a change of audience needs no writing.
"""

from collections.abc import Collection, Sequence

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.search.pages.page import Page
from ambidesk.ground.search.pages.writing import remove_pages, write_pages
from ambidesk.support.knowledge.events import ArticleArchived, RevisionPublished
from ambidesk.support.knowledge.models import Revision

SHELF = "articles"
KINDS = (RevisionPublished.kind, ArticleArchived.kind)


def take(entries: Sequence[Entry]) -> None:
    """Bring what the entries of the journal changed up to date; taking them twice is once."""
    shelve({entry.subject_id for entry in entries if entry.kind in KINDS})


def shelve(articles: Collection[int]) -> None:
    """Write what is published of these articles now; what is not any more goes."""
    rows = Revision.objects.published().filter(translation__article__in=articles)
    standing: dict[int, list[str]] = {article: [] for article in articles}
    pages = []
    for row in rows.select_related("translation").order_by("translation"):
        article, language = row.translation.article_id, row.translation.language
        standing[article].append(language)
        pages.append(
            Page(
                key=article,
                language=language,
                title=row.title,
                body=f"{row.summary}\n\n{row.body}",
                keywords=row.keywords,
            )
        )
    for article, languages in standing.items():
        remove_pages([article], shelf=SHELF, but=languages)
    write_pages(pages, shelf=SHELF)
