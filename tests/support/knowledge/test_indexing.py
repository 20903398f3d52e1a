"""What is published of articles is found; what is archived or only a draft is not."""

from datetime import timedelta

import pytest

from ambidesk.edge.commands.knowledge.files import Line
from ambidesk.edge.commands.knowledge.importing import bring
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.search.pages.finding import find_pages
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.indexing import SHELF, shelve
from ambidesk.support.knowledge.models import Article, Language, Revision, Translation
from ambidesk.support.knowledge.publishing import archive, publish
from ambidesk.support.knowledge.writing import Text, begin_article, save_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand(cast) -> Brand:
    return Brand.objects.order_by("pk").first()


def found(text: str, language: str = "ru") -> list[int]:
    shelve(Article.objects.values_list("pk", flat=True))
    return [hit.key for hit in find_pages(text, shelf=SHELF, language=language).hits]


def test_only_what_is_published_is_found(brand, at) -> None:
    row = begin_article(
        Text(title="Лифт стоит", body="Нажмите кнопку."),
        language=Language.RUSSIAN,
        brands=[brand],
        by=SYSTEM,
        at=at,
    )
    assert found("лифты") == []
    publish(row, base=row.version, by=SYSTEM, at=at)
    assert found("лифты") == [row.article_id]
    row = save_draft(
        row, Text(title="Подъёмник стоит", body="Ждите."), base=row.version, by=SYSTEM, at=at
    )
    assert found("подъёмник") == []
    publish(row, base=row.version, by=SYSTEM, at=at + timedelta(hours=1))
    assert found("лифты") == []
    assert found("подъёмники") == [row.article_id]
    archive(row.article, by=SYSTEM, at=at)
    assert found("подъёмники") == []
    archive(row.article, by=SYSTEM, at=at)
    assert found("подъёмники") == [row.article_id]


LINES = [
    Line(id="a", language="en", title="Doors", text="<h2>Oil</h2><p>Use <b>*thin*</b> oil.</p>"),
    Line(id="a", language="", title="Двери", text="Смажьте двери тонким маслом, и они не скрипят."),
    Line(id="b", language="en", title="", text="Roof\nMind the roof."),
]


def test_articles_come_in_once_in_all_their_languages(brand) -> None:
    first = bring(LINES, brand=brand.name, audience="public", publishing=True)
    again = bring(LINES, brand=brand.name, audience="public", publishing=True)
    assert (first.new, first.changed, first.refused) == (3, 0, [])
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    assert Article.objects.count() == 2
    assert Revision.objects.count() == 3
    assert Translation.objects.get(title="Doors").body == "## Oil\n\nUse \\*thin\\* oil."
    assert Translation.objects.filter(title="Roof").exists()
    assert found("смазать дверь")[0] == Translation.objects.get(title="Двери").article_id


def test_a_changed_line_changes_its_article(brand) -> None:
    bring(LINES, brand=brand.name, audience="staff", publishing=True)
    changed = [Line(id="a", language="en", title="Doors", text="Never oil them.")]
    done = bring(changed, brand=brand.name, audience="staff", publishing=True)
    assert (done.new, done.changed) == (0, 1)
    assert found("never", "en") == [Translation.objects.get(title="Doors").article_id]
