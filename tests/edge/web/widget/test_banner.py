"""A mass fault is told in the widget: to all of the brand, until its end, and taken up by a press."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.edge.web.widget.banner import forget_banners
from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.ephemeral.connection import execute
from ambidesk.ground.kernel.realtime.stream import Asked
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Channel
from ambidesk.support.incidents.announcing import announce
from ambidesk.support.incidents.deciding import close
from ambidesk.support.incidents.models import Incident, IncidentState
from ambidesk.support.tickets.models import Ticket
from ambidesk.wiring.streaming import admit_visitor
from tests.cast import Cast
from tests.edge.web.made.settings import widget_of_shop
from tests.edge.web.widget.test_door import SITE, Page

WORDS = {"ru": "Оплата картой не проходит, чиним.", "en": "Cards fail <b>now</b>: we mend it."}


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget_banners()
    execute("DELETE FROM ephemeral_counter WHERE key LIKE 'widget:%%'", [])
    yield
    forget_banners()
    ephemeral.sweep()


@pytest.fixture
def widget(cast: Cast) -> Channel:
    return widget_of_shop(cast)


@pytest.fixture
def incident(cast: Cast) -> Incident:
    row = Incident.objects.create(
        brand=cast.shop, state=IncidentState.OPEN, title="Cards", began_at=cast.at
    )
    return announce(row, words=WORDS, by=SYSTEM, at=cast.at)


def _told(page: Page, language: str = "en") -> dict[str, str] | None:
    answer = page.ask("GET", f"banner?language={language}")
    assert answer.status_code == 200
    told: dict[str, str] | None = answer.json()["banner"]
    return told


def _affected(page: Page, mark: str) -> int:
    return page.ask("POST", "banner", {"key": str(uuid4()), "banner": mark}).status_code


def test_everybody_reads_it_in_their_language_until_its_end(
    widget: Channel, incident: Incident, cast: Cast
) -> None:
    page = Page(widget)
    for language in ("ru", "en"):
        told = _told(page, language)
        assert told
        assert told["text"] == WORDS[language]
        assert page.ask("GET", f"?language={language}").json()["banner"] == told
    close(incident, text="", by=SYSTEM, at=cast.at)
    forget_banners()
    assert _told(page) is None


def test_another_brand_is_not_told(incident: Incident, cast: Cast) -> None:
    Incident.objects.filter(pk=incident.pk).update(brand=cast.lifts)
    assert _told(Page(widget_of_shop(cast))) is None


def test_a_page_that_is_not_listed_reads_nothing(widget: Channel, incident: Incident) -> None:
    assert incident.has_banner
    answer = Page(widget, origin="https://evil.example").ask("GET", "banner")
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer
    nobody = Page(Channel(address="nothing"))
    assert nobody.ask("GET", "banner").status_code == 403


def test_a_crowd_asks_the_database_once(
    widget: Channel, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert incident.has_banner
    # All within the second for which it is kept, however slow the machine is.
    monkeypatch.setattr("ambidesk.edge.web.widget.banner.KEPT_SECONDS", 86_400.0)
    pages = [Page(widget) for _each in range(5)]
    assert _told(pages[0])
    with CaptureQueriesContext(connection) as asked:
        assert all(_told(page) for page in pages)
    assert [each["sql"] for each in asked if "SELECT" in each["sql"]] == []


def test_the_stream_of_a_visitor_hears_the_banner_of_its_brand_and_of_no_other(
    widget: Channel, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The connection is the test's own.
    monkeypatch.setattr("ambidesk.wiring.streaming.close_old_connections", lambda: None)
    page = Page(widget)
    page.begin()
    headers = {"authorization": f"Visitor {page.token}", "origin": SITE}
    path = f"/widget/{widget.address}/stream"
    admission = admit_visitor(Asked(path=path, headers=headers, cookies={}, topics=()))
    assert admission
    assert {t for t in admission.topics if t.startswith("banner:")} == {f"banner:{cast.shop.pk}"}
    assert admission.kinds == {f"banner:{cast.shop.pk}": "banner"}


def test_one_press_adds_the_talk_of_a_visitor(widget: Channel, incident: Incident) -> None:
    page = Page(widget)
    page.begin()
    page.say("My card is refused")
    told = _told(page)
    assert told
    assert page.ask("GET", "talk").json()["affected"] == ""
    for _twice in range(2):
        assert _affected(page, told["mark"]) == 201
    assert page.ask("GET", "talk").json()["affected"] == told["mark"]
    joined = incident.joinings.filter(left_at=None)
    assert [each.ticket_id for each in joined] == [Ticket.objects.latest("pk").pk]


def test_one_press_of_somebody_who_said_nothing_yet_begins_a_talk(
    widget: Channel, incident: Incident
) -> None:
    page = Page(widget)
    page.begin(language="ru")
    told = _told(page)
    assert told
    assert _affected(page, told["mark"]) == 201
    talk = page.ask("GET", "talk").json()
    assert WORDS["ru"] in talk["messages"][0]["text"]
    assert talk["affected"] == told["mark"]
    assert incident.joinings.filter(left_at=None).count() == 1


def test_what_is_over_cannot_be_taken_up(widget: Channel, incident: Incident, cast: Cast) -> None:
    page = Page(widget)
    page.begin()
    told = _told(page)
    assert told
    assert _affected(page, "0" * 12) == 409
    close(incident, text="", by=SYSTEM, at=cast.at)
    assert _affected(page, told["mark"]) == 409
    assert not Ticket.objects.exists()
    for body in ({}, {"key": 5, "banner": told["mark"]}, {"key": "x", "banner": []}):
        assert page.ask("POST", "banner", body).status_code in {409, 422}
