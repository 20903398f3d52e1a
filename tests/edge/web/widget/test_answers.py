"""Articles answer in the chat before the first word; who opened one and writes has asked."""

from django.test import Client

from ambidesk.support.conversations.models import Channel
from ambidesk.support.knowledge.models import Ask, Audience, Reading
from tests.cast import Cast
from tests.edge.web.widget.pages import Page
from tests.support.knowledge.articles import in_russian, published

READER = "w" * 43


def told(widget: Channel, text: str, **more: str) -> list[str]:
    page = Page(widget)
    answer = page.ask("POST", "answers", {"text": text, **more})
    assert answer.status_code == 200, answer.content
    assert not page.client.cookies
    return [each["title"] for each in answer.json()["answers"]]


def test_what_everybody_may_read_of_the_brand_answers_while_a_visitor_types(
    widget: Channel, cast: Cast
) -> None:
    row = published(cast)
    in_russian(cast, row)
    published(cast, "Parcels for clients", audience=Audience.CLIENTS)
    published(cast, "Parcels of lifts", brand=cast.lifts)
    assert told(widget, "I want to return my parsel", language="en") == [row.title]
    assert told(widget, "хочу вернуть посылку", language="ru") == ["Как вернуть посылку"]
    assert told(widget, "xy") == told(widget, "") == told(widget, "%s'\\") == []


def test_at_most_two_and_no_more_often_than_people_type(widget: Channel, cast: Cast) -> None:
    for number in range(5):
        published(cast, f"Parcel {number}")
    assert len(told(widget, "where is my parcel", language="en")) == 2
    page = Page(widget)
    page.client = Client(REMOTE_ADDR="203.0.113.78")
    statuses = {page.ask("POST", "answers", {"text": "parcel"}).status_code for _ in range(301)}
    assert statuses == {200, 429}


def test_who_opened_an_article_and_writes_after_all_has_asked(widget: Channel, cast: Cast) -> None:
    row = published(cast)
    address = f"/help/polka/en/articles/{row.slug}/reading"
    Client().post(address, {"reader": READER, "door": "widget"})
    page = Page(widget)
    page.begin()
    assert not Ask.objects.exists()
    page.say("It did not help", reader=READER)
    page.say("Hello?")
    opened = Reading.objects.get()
    assert opened.door == "widget"
    assert [each.reader for each in Ask.objects.all()] == [opened.reader]


def test_a_name_that_no_page_draws_counts_as_none(widget: Channel, cast: Cast) -> None:
    row = published(cast)
    client = Client()
    address = f"/help/polka/en/articles/{row.slug}/reading"
    client.post(address, {"reader": "short", "door": "widget"})
    client.post(address, {"reader": READER, "door": "elsewhere"})
    assert {each.door for each in Reading.objects.all()} == {"centre"}
    page = Page(widget)
    page.begin()
    assert page.say("Hello", reader="x" * 43).status_code == 201
    assert page.say("Hello", reader=7).status_code in {201, 422}
    assert not Ask.objects.exists()
