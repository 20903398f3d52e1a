"""Articles and forms: what is read while somebody types, and who read before they asked."""

import pytest
from django.http import HttpResponse
from django.test import Client

from ambidesk.ground.fields.models import Definition
from ambidesk.support.conversations.models import Channel
from ambidesk.support.knowledge.models import Ask, Audience, Reading
from tests.cast import Cast
from tests.edge.web.forms.visiting import SITE, URL, sent, typed_in
from tests.support.knowledge.articles import published

pytestmark = pytest.mark.django_db


def test_articles_of_the_brand_answer_while_somebody_types(channel: Channel, cast: Cast) -> None:
    row = published(cast, "Water on the floor")
    published(cast, "Water and staff", audience=Audience.STAFF)
    published(cast, "Water and lifts", brand=cast.lifts)

    def asked(text: str, **headers: str) -> HttpResponse:
        typed = {"text": text, "language": "en"}
        return Client().post(f"{URL}/answers", typed, headers=headers)  # type: ignore[return-value]

    told = asked("There is water", Origin=SITE)
    assert told["Access-Control-Allow-Origin"] == SITE
    (answer,) = told.json()["answers"]
    assert answer["title"] == "Water on the floor"
    assert answer["url"].endswith(f"/help/polka/en/articles/{row.slug}")
    assert "<" not in answer["text"]
    assert asked("w").json() == {"answers": []}
    assert asked("water", Origin="https://evil.example").status_code == 403


@pytest.mark.parametrize("is_embedded", [True, False])
def test_who_read_and_then_sends_the_form_has_asked(
    channel: Channel, fields: dict[str, Definition], cast: Cast, *, is_embedded: bool
) -> None:
    row = published(cast)
    reading = f"/help/polka/en/articles/{row.slug}/reading"
    client, reader = Client(), "r" * 43
    if is_embedded:
        # Within another site no cookie goes: the page draws a name and tells it both times.
        client.post(reading, {"reader": reader, "door": "form"})
        assert not client.cookies
    else:
        client.post(reading)
        assert client.cookies["help_reader"]["path"] == "/"
    told = {"reader": reader} if is_embedded else {}
    assert not Ask.objects.exists()
    assert sent(client, typed_in(client, fields, **told)).status_code == 201
    opened = Reading.objects.get()
    assert Ask.objects.get().reader == opened.reader
    assert opened.door == ("form" if is_embedded else "centre")


def test_who_read_nothing_leaves_no_trace_by_asking(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    assert sent(client, typed_in(client, fields, reader="r" * 43)).status_code == 201
    assert not Ask.objects.exists()
