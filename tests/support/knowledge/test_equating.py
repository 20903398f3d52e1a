"""Words that mean one thing are said once, and asked for by every search of articles."""

import pytest

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.support.knowledge.equating import (
    NeedsTwoWords,
    TooManyWords,
    WordTooLong,
    archive_synonym,
    equate,
)
from ambidesk.support.knowledge.events import SynonymChanged
from ambidesk.support.knowledge.models import Synonym
from ambidesk.support.knowledge.searching import search_public
from tests.cast import Cast
from tests.support.knowledge.articles import published

pytestmark = pytest.mark.django_db


def found(cast: Cast, text: str) -> list[str]:
    hits = search_public(text, brand=cast.shop, language="ru", other_language=True)
    return [hit.slug for hit in hits]


def test_a_question_for_one_word_finds_what_has_the_other_until_they_are_parted(cast: Cast) -> None:
    by, at = cast.actor(cast.admin), cast.at
    row = published(cast, "Принтер не печатает", body="Проверьте бумагу.", language="ru")
    assert found(cast, "МФУ") == []
    synonym = equate(None, ["МФУ", " printers ", "принтер", "принтеры"], by=by, at=at)
    # Forms of one word are one word.
    assert synonym.words == ["МФУ", "printers", "принтер"]
    assert found(cast, "МФУ") == found(cast, "printer") == [row.slug]
    equate(synonym, ["плоттер", "принтер"], by=by, at=at)
    assert (found(cast, "МФУ"), found(cast, "плоттеры")) == ([], [row.slug])
    archive_synonym(synonym, by=by, at=at)
    assert found(cast, "плоттеры") == []
    archive_synonym(synonym, by=by, at=at)
    assert found(cast, "плоттеры") == [row.slug]
    told = journal.entries_of("knowledge_synonym", synonym.pk)
    assert [entry.kind for entry in told] == [SynonymChanged.kind] * 4


@pytest.mark.parametrize(
    "words, refusal",
    [
        (["печать"], NeedsTwoWords),
        (["печать", "печати", " ", "!"], NeedsTwoWords),
        ([f"слово{number}" for number in range(21)], TooManyWords),
        (["печать", "п" * 61], WordTooLong),
    ],
)
def test_what_is_no_set_of_words_is_refused(
    cast: Cast, words: list[str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        equate(None, words, by=cast.actor(cast.admin), at=cast.at)
    assert not Synonym.objects.exists()


def test_who_does_not_publish_says_nothing_of_words(cast: Cast) -> None:
    with pytest.raises(NotEntitled):
        equate(None, ["МФУ", "принтер"], by=cast.actor(cast.olga), at=cast.at)
