"""Everybody reads, searches and judges articles of a brand; the page is small and costs little."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from ambidesk.edge.web.ui.faces import forget_hosts
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.conversations.models import Channel
from ambidesk.support.incidents.announcing import announce
from ambidesk.support.incidents.models import Incident, IncidentState
from ambidesk.support.knowledge.addressing import readdress
from ambidesk.support.knowledge.models import Audience, Opinion, Reading, Translation
from ambidesk.support.knowledge.publishing import archive
from ambidesk.support.knowledge.writing import Text, keep_file, save_draft
from tests.cast import Cast
from tests.support.knowledge.articles import category, in_russian, out, published, written

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (20).to_bytes(4, "big") + (10).to_bytes(4, "big")


@pytest.fixture(autouse=True)
def _hosts() -> Iterator[None]:
    forget_hosts()
    yield
    forget_hosts()


def get(path: str, client: Client | None = None, **facts: Any) -> Any:
    return (client or Client()).get(f"/help/polka/{path}", **facts)


def text_at(path: str) -> str:
    return str(get(path).content.decode())


def with_body(cast: Cast, row: Translation, body: str) -> Translation:
    by = cast.actor(cast.admin)
    text = Text(title=row.title, summary=row.summary, body=body)
    return out(cast, save_draft(row, text, base=row.version, by=by, at=cast.at))


def test_a_reader_finds_an_article_by_topic_and_by_words(cast: Cast) -> None:
    row = published(cast)
    row.article.category = category()
    row.article.save()
    assert "Delivery" in text_at("en/")
    assert row.title in text_at("en/topics/delivery")
    assert row.title in text_at("en/search?q=parcel")
    assert row.title in text_at("en/suggestions?q=parcel")
    shown = text_at(f"en/articles/{row.slug}")
    assert '<h2 id="pack-it">' in shown
    assert "Nothing was found" in text_at("en/search?q=qwertyuiop")


@pytest.mark.parametrize("path", ["", "en/", "en/search?q=x", "en/articles/secret"])
def test_what_is_no_public_article_of_the_brand_is_nowhere(cast: Cast, path: str) -> None:
    for title, facts in (
        ("Secret", {"audience": Audience.STAFF}),
        ("Secret", {"audience": Audience.CLIENTS}),
        ("Secret", {"brand": cast.lifts}),
    ):
        published(cast, title, **facts)
    written(cast, "Secret")
    archive(published(cast, "Secret").article, by=cast.actor(cast.admin), at=cast.at)
    answer = get(path, follow=True)
    assert "Secret" not in answer.content.decode()
    assert answer.status_code == (404 if "secret" in path else 200)


def test_the_language_switch_keeps_the_article(cast: Cast) -> None:
    english = published(cast)
    russian = in_russian(cast, english)
    tree = LexborHTMLParser(text_at(f"en/articles/{english.slug}"))
    (link,) = tree.css(".tongues a")
    assert link.attributes["href"] == f"/help/polka/ru/articles/{russian.slug}"
    found = {n.attributes["hreflang"]: n.attributes["href"] for n in tree.css("link[hreflang]")}
    assert set(found) == {"en", "ru"}
    assert "Упакуйте" in text_at(f"ru/articles/{russian.slug}")


def test_a_former_address_leads_on_for_ever(cast: Cast) -> None:
    row = published(cast)
    readdress(row, "returns", by=cast.actor(cast.admin), at=cast.at)
    answer = get(f"en/articles/{row.slug}")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/help/polka/en/articles/returns",
    )


def test_nothing_is_found_with_a_search_beside_it(cast: Cast) -> None:
    answer = get("en/articles/nowhere")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()
    assert Client().get("/help/nobody/en/").status_code == 404
    assert get("fr/").status_code == 404


def test_a_page_that_a_browser_has_is_not_sent_again(cast: Cast) -> None:
    row = published(cast)
    first = get(f"en/articles/{row.slug}")
    assert "max-age=60" in first.headers["Cache-Control"]
    again = get(f"en/articles/{row.slug}", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_opening_is_told_by_a_person_and_an_opinion_counts_once(cast: Cast) -> None:
    row = published(cast)
    client = Client()
    get(f"en/articles/{row.slug}", client)
    assert Reading.objects.count() == 0
    address = f"/help/polka/en/articles/{row.slug}"
    assert client.post(f"{address}/reading").status_code == 204
    assert Reading.objects.get().article == row.article
    for said in ("no", "yes"):
        answer = client.post(f"{address}/opinion", {"helped": said}, follow=True)
        assert "Thank you!" in answer.content.decode()
    client.post(f"{address}/opinion", {"helped": "yes", "words": "Say how long it takes."})
    opinion = Opinion.objects.get()
    assert (opinion.helped, opinion.words) == (True, "Say how long it takes.")
    assert opinion.reader == Reading.objects.get().reader


def test_a_machine_gun_of_opinions_is_not_believed(cast: Cast) -> None:
    row = published(cast)
    # A place of its own: what others read from theirs is counted with them.
    client = Client(REMOTE_ADDR="203.0.113.9")
    for _time in range(70):
        client.post(f"/help/polka/en/articles/{row.slug}/reading")
    assert Reading.objects.count() == 60


def test_one_place_searches_no_more_than_people_do_and_others_go_on(cast: Cast) -> None:
    published(cast)
    one, other = (Client(REMOTE_ADDR=place) for place in ("2001:db8:7::1", "203.0.113.77"))
    for _time in range(60):
        assert get("en/search?q=parcel", one).status_code == 200
    # The next address of the same house.
    answer = get("en/search?q=parcel", Client(REMOTE_ADDR="2001:db8:7::2"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Wait a moment" in answer.content.decode()
    assert get("en/search?q=parcel", other).status_code == 200
    assert get("en/search", one).status_code == 200
    statuses = {get("en/suggestions?q=parcel", one).status_code for _time in range(301)}
    assert statuses == {200, 429}
    assert get("en/suggestions?q=parcel", other).status_code == 200


def test_a_picture_is_shown_while_a_published_text_shows_it(cast: Cast) -> None:
    by = cast.actor(cast.admin)
    row = published(cast)
    kept = keep_file(row.article, PNG, name="box.png", by=by, at=cast.at)
    address = f"files/{kept.key}"
    assert get(address).status_code == 404
    row = with_body(cast, row, f"![A box](file:{kept.key})")
    answer = get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert 'width="20" height="10"' in text_at(f"en/articles/{row.slug}")
    assert Client().get(f"/help/liftcare/{address}").status_code == 404
    with_body(cast, row, "Without it.")
    assert get(address).status_code == 404


def test_a_video_plays_from_anywhere(cast: Cast) -> None:
    row = published(cast)
    content = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 8
    kept = keep_file(row.article, content, name="unpack.mp4", by=cast.actor(cast.admin), at=cast.at)
    row = with_body(cast, row, f"![Unpacking](file:{kept.key})")
    assert "<video " in text_at(f"en/articles/{row.slug}")
    piece = get(f"files/{kept.key}", headers={"range": "bytes=4-11"})
    assert (piece.status_code, piece.content) == (206, b"ftypmp42")
    assert piece.headers["Content-Range"] == f"bytes 4-11/{len(content)}"
    assert get(f"files/{kept.key}", headers={"range": "bytes=9999-"}).status_code == 416


def test_a_known_fault_stands_above_everything(cast: Cast) -> None:
    incident = Incident.objects.create(
        brand=cast.shop, state=IncidentState.OPEN, title="Down", began_at=cast.at
    )
    words = {"ru": "Оплата не проходит", "en": "Payments fail"}
    announce(incident, words=words, by=cast.actor(cast.admin), at=cast.at)
    assert "Payments fail" in text_at("en/")
    assert "Оплата не проходит" in text_at("ru/")


def test_machines_find_every_public_page(cast: Cast) -> None:
    english = published(cast)
    russian = in_russian(cast, english)
    told = text_at("sitemap.xml")
    assert f"/help/polka/en/articles/{english.slug}</loc>" in told
    assert f"/help/polka/ru/articles/{russian.slug}</loc>" in told
    robots = Client().get("/robots.txt").content.decode()
    assert "Allow: /help/" in robots
    assert "Disallow: /\n" in robots


@pytest.mark.parametrize(
    "path,most",
    [("en/", 6), ("en/articles/how-to-return-a-parcel", 9), ("en/search?q=article", 12)],
)
def test_pages_cost_few_queries_however_many_articles_there_are(
    cast: Cast, path: str, most: int
) -> None:
    row = published(cast)
    row.article.category = category()
    row.article.save()
    for number in range(20):
        published(cast, f"Article {number}")
    with CaptureQueriesContext(connection) as asked:
        assert get(path).status_code == 200
    told = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(told) <= most, "\n".join(told)


def test_a_whole_page_is_under_sixty_kilobytes_and_no_script_blocks_it(cast: Cast) -> None:
    body = "\n\n".join(f"## Step {n}\n\n{'Some words of a long article. ' * 20}" for n in range(30))
    row = published(cast, body=body)
    shown = text_at(f"en/articles/{row.slug}")
    tree = LexborHTMLParser(shown)
    size = len(gzip.compress(shown.encode()))
    for node in tree.css("script[src], link[rel=stylesheet]"):
        address = str(node.attributes.get("src") or node.attributes.get("href"))
        if address.startswith(settings.STATIC_URL):
            path = finders.find(address.removeprefix(settings.STATIC_URL))
            assert isinstance(path, str)
            with open(path, "rb") as file:  # noqa: PTH123 one read of a built file
                size += len(gzip.compress(file.read()))
        if node.tag == "script":
            assert node.attributes.get("type") == "module"
            assert "blocking" not in node.attributes
    assert size < 60_000


def test_who_found_nothing_writes_by_the_form_of_the_brand_else_by_mail(cast: Cast) -> None:
    published(cast)
    assert f'href="mailto:{cast.shop_mail.address}"' in text_at("en/")
    title = {"en": "Ask us", "ru": "Спросить"}
    wanted = WebForm(
        brand=cast.shop,
        team=cast.shop_team,
        request_type=None,
        name="Ask",
        address="ask",
        manner=FormManner(title=title),
    )
    form = connect_form(None, wanted, by=cast.actor(cast.admin), at=cast.at)
    assert 'href="/forms/ask?language=ru"' in text_at("ru/")
    assert "mailto:" not in text_at("ru/")
    Channel.objects.filter(pk=form.pk).update(enabled=False)
    assert "mailto:" in text_at("ru/")
