"""Readers have no names: a browser reads, judges once, and asks or not."""

from datetime import timedelta

import pytest

from ambidesk.support.knowledge.erasing import erase_opinions
from ambidesk.support.knowledge.hearing import heard_of
from ambidesk.support.knowledge.models import Article, Ask, Door, Opinion, Reading
from ambidesk.support.knowledge.reading import Reader, ask, judge, open_article
from tests.cast import Cast
from tests.support.knowledge.articles import in_russian, published

pytestmark = pytest.mark.django_db


def reader(cast: Cast, token: str = "t" * 32) -> Reader:
    return Reader(token=token, brand=cast.shop, language="en")


def article(cast: Cast) -> Article:
    return published(cast).article


def test_a_browser_has_one_opinion_and_may_change_it(cast: Cast) -> None:
    row, who = article(cast), reader(cast)
    judge(row, who, helped=False, words="Too short", at=cast.at)
    judge(row, who, helped=True, at=cast.at)
    opinion = Opinion.objects.get()
    assert (opinion.helped, opinion.words) == (True, "Too short")
    judge(row, reader(cast, "u" * 32), helped=True, at=cast.at)
    assert Opinion.objects.count() == 2


def test_who_writes_hears_how_many_it_helped_and_the_latest_words_of_its_language(
    cast: Cast,
) -> None:
    row = published(cast)
    other = in_russian(cast, row)
    for number, words in enumerate(("", "Say how long it takes.", "Better now.")):
        who = reader(cast, str(number) * 32)
        judge(row.article, who, helped=number != 1, words=words, at=cast.at + timedelta(number))
    heard = heard_of(row)
    assert (heard.helped, heard.said) == (2, 3)
    assert [each.words for each in heard.words] == ["Better now.", "Say how long it takes."]
    assert heard_of(other).said == 0


def test_only_the_digest_of_a_browser_is_kept(cast: Cast) -> None:
    open_article(article(cast), reader(cast), door=Door.CENTRE, at=cast.at)
    assert "t" * 32 not in str(Reading.objects.values().get())


def test_what_somebody_said_of_an_article_goes_when_they_are_erased(cast: Cast) -> None:
    row, who = article(cast), reader(cast)
    judge(row, who, helped=False, words="I am Anna Petrova and it did not help", at=cast.at)
    judge(row, reader(cast, "u" * 32), helped=False, words="Another's", at=cast.at)
    open_article(row, who, door=Door.CENTRE, at=cast.at)
    ask(who, person=cast.anna.person, at=cast.at)
    assert Ask.objects.count() == 1
    erase_opinions(cast.anna.person)
    assert {o.words for o in Opinion.objects.all()} == {"", "Another's"}
    assert Opinion.objects.filter(helped=False).count() == 2
