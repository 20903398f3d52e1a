"""The widget's door: listed pages only, a token and no cookie, within limits; the script is small."""

import gzip
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ambidesk.edge.web.widget.script import script
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.relation.feedback.models import Rating
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.conversations.models import Channel, Message
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.regrouping import merge
from tests.cast import Cast
from tests.edge.web.made.settings import widget_of_shop
from tests.edge.web.widget.pages import SITE, Page

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
SMALL_BYTES = 30_000


def test_a_guest_asks_and_reads_what_they_asked(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    assert page.say("Where is it?").status_code == 201
    talk = page.ask("GET", "talk").json()
    assert [(each["text"], each["mine"]) for each in talk["messages"]] == [("Where is it?", True)]
    assert talk["state"] == "waiting"


def test_no_answer_sets_a_cookie(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    page.say("Hello")
    page.ask("GET", "talk")
    page.ask("GET", "")
    assert page.client.cookies == {}


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "http://polka.example"])
def test_a_page_that_is_not_listed_gets_nothing_even_with_a_token(
    widget: Channel, origin: str
) -> None:
    page = Page(widget)
    page.begin()
    page.origin = origin
    for method, path in (("GET", ""), ("GET", "talk"), ("POST", "words"), ("POST", "visit")):
        answer = page.ask(method, path, {})
        assert answer.status_code == 403
        assert "Access-Control-Allow-Origin" not in answer
    assert page.ask("OPTIONS", "talk").status_code == 403


def test_a_listed_page_may_ask_and_only_it(widget: Channel) -> None:
    answer = Page(widget).ask("OPTIONS", "talk")
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == SITE
    assert "Access-Control-Allow-Credentials" not in answer


def test_a_token_of_another_widget_or_of_nobody_opens_nothing(widget: Channel, cast: Cast) -> None:
    page = Page(widget)
    page.begin()
    page.say("secret words")
    stranger = Page(widget_of_shop(cast))
    stranger.token = page.token
    assert stranger.ask("GET", "talk").status_code == 401
    for token in ("", "x", page.token[:-1], page.token + "x", "a" * 5000):
        page.token = token
        answer = page.ask("GET", "talk")
        assert answer.status_code == 401
        assert "secret" not in answer.content.decode()


def test_a_file_of_one_visitor_is_not_there_for_another(widget: Channel) -> None:
    mine, other = Page(widget), Page(widget)
    mine.begin()
    other.begin()
    key = mine.bring("a.png", PNG).json()["key"]
    mine.say("look", files=[key])
    url = mine.ask("GET", "talk").json()["messages"][0]["files"][0]["url"]
    assert mine.client.get(url).status_code == 200
    visitors = list(Visitor.objects.order_by("pk").values_list("pk", flat=True))
    assert mine.client.get(url.replace(f"v={visitors[0]}", f"v={visitors[1]}")).status_code == 404
    assert mine.client.get(url[:-2] + "xx").status_code == 404
    assert mine.client.get(url.partition("?")[0]).status_code == 404
    assert other.say("mine now", files=[key]).status_code == 422


def test_a_pass_ends_with_the_widget(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    page.say("look", files=[page.bring("a.png", PNG).json()["key"]])
    url = page.ask("GET", "talk").json()["messages"][0]["files"][0]["url"]
    Channel.objects.filter(pk=widget.pk).update(enabled=False)
    assert page.client.get(url).status_code == 404


def test_one_address_fills_no_disk_by_beginning_again_and_again(
    widget: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ambidesk.edge.web.widget.files.FROM_ADDRESS", 2)
    answers = []
    for _number in range(3):
        page = Page(widget)
        page.begin()
        answers.append(page.bring("a.txt", b"words").status_code)
    assert answers == [201, 201, 429]


def test_a_file_that_lies_is_a_download_without_rights(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    key = page.bring("a.png", b"<svg onload=alert(1)>").json()["key"]
    page.say("look", files=[key])
    file = page.ask("GET", "talk").json()["messages"][0]["files"][0]
    answer = page.client.get(file["url"])
    assert not file["picture"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_that_is_too_large_is_refused(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    answer = page.bring("a.bin", b"x" * 10_000_001)
    assert answer.status_code == 413
    assert "10" in answer.json()["sentence"]


def test_a_flood_of_words_is_slowed_down(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    answers = [page.say(f"spam {number}").status_code for number in range(42)]
    assert answers.count(201) == 40
    assert answers[-1] == 429


@pytest.mark.parametrize(
    "body", ["[]", "{", '"x"', '{"key": 7, "text": "x"}', '{"key": "no", "text": []}', "[" * 9000]
)
def test_a_body_that_is_none_breaks_nothing(widget: Channel, body: str) -> None:
    page = Page(widget)
    page.begin()
    answer = page.client.generic(
        "POST",
        f"/widget/{widget.address}/words",
        body,
        content_type="application/json",
        headers={"Origin": SITE, "Authorization": f"Visitor {page.token}"},
    )
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_a_claimed_page_that_runs_is_no_link_for_operators(widget: Channel) -> None:
    page = Page(widget)
    page.begin(page={"url": "javascript:alert(1)", "title": "x" * 9000, "referrer": ["x"]})
    found = Visitor.objects.get()
    assert (found.page, len(found.page_title), found.referrer) == ("", 200, "")


def test_without_a_rating_that_is_asked_none_is_taken(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    page.say("Hello")
    assert page.ask("POST", "rating", {"score": 5}).status_code == 409


def test_the_script_is_small_and_may_be_used_by_any_site(client: Client) -> None:
    answer = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(answer.content) < SMALL_BYTES
    assert gzip.decompress(answer.content) == script().plain
    again = client.get("/widget.js", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_word_comes_back_as_it_stands_in_the_talk(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    key = page.bring("a.png", PNG).json()["key"]
    told = page.say("  look\0 ", files=[key]).json()
    stored = page.ask("GET", "talk").json()
    assert told["message"]["text"] == "look"
    assert told["message"]["files"][0]["picture"]
    assert (told["message"]["id"], told["talk"], told["state"]) == (
        stored["messages"][0]["id"],
        stored["talk"],
        stored["state"],
    )


def test_one_address_that_begins_many_talks_is_told_so_and_others_are_not(widget: Channel) -> None:
    answers = [
        Page(widget).ask("POST", "visit", {"name": "V", "email": email})
        for email in ["vera@example.org"] * 20 + ["VERA@example.org ", "anna@example.org"]
    ]
    assert [each.status_code for each in answers] == [*[201] * 20, 429, 201]
    told = answers[-2].json()
    assert told["code"] == "too-many-talks"
    assert "hour" in told["sentence"]


def test_one_place_that_begins_many_talks_is_told_so(
    widget: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ambidesk.edge.web.widget.door.FROM_PLACE", 2)
    answers = [Page(widget).ask("POST", "visit", {"name": "V"}) for _number in range(3)]
    assert [each.status_code for each in answers] == [201, 201, 429]
    assert answers[-1].json()["code"] == "too-many-talks"


def test_a_question_left_outside_hours_needs_an_address(widget: Channel) -> None:
    page = Page(widget)
    refused = page.ask("POST", "visit", {"name": "Vera", "offline": True})
    assert (refused.status_code, refused.json()["field"]) == (422, "email")
    page.begin(offline=True, email="vera@example.org")


def test_the_mark_of_a_talk_is_no_number_that_can_be_reckoned(widget: Channel) -> None:
    page = Page(widget)
    page.begin()
    page.say("Hello")
    number = Ticket.objects.get().pk
    plain = sha256(f"talk {number}".encode()).hexdigest()
    assert not plain.startswith(page.ask("GET", "talk").json()["talk"])


def test_a_talk_that_was_merged_into_anothers_rates_nothing(widget: Channel, cast: Cast) -> None:
    set_up_survey(None, Asking(name="S", quiet_for=timedelta()), by=SYSTEM, at=cast.at)
    mine, other = Page(widget), Page(widget)
    for page in (mine, other):
        page.begin()
        page.say("Hello")
    into, gone = Ticket.objects.order_by("pk")
    by, at = cast.actor(cast.olga), datetime.now(UTC)
    merge(gone, into, by=by, at=at)
    solve(into, by=by, at=at)
    assert other.ask("GET", "talk").json()["rate"] is None
    assert other.ask("POST", "rating", {"score": 1}).status_code == 409
    assert mine.ask("GET", "talk").json()["rate"]["score"] is None
    answer = mine.ask("POST", "rating", {"score": 5, "comment": "Quick \ud83d!"})
    assert answer.status_code == 200, answer.content
    rating = Rating.objects.get()
    assert (rating.score, rating.comment) == (5, "Quick ?!")


def test_an_operator_sees_whether_the_visitor_is_there(widget: Channel, cast: Cast) -> None:
    page, desk = Page(widget), Client()
    page.begin()
    page.say("Hello")
    desk.force_login(cast.olga.user, settings.AUTHENTICATION_BACKENDS[0])
    ticket = Ticket.objects.get()
    beside = reverse("ticket-presence", args=[ticket.number])
    assert desk.post(beside, {"doing": "looking"}).json()["there"]["state"] == "gone"
    for front, state in ((True, "front"), (False, "there")):
        assert page.ask("POST", "sight", {"front": front}).status_code == 204
        told = desk.post(beside, {"doing": "looking"}).json()["there"]
        assert told["state"] == state
        assert told["words"] in desk.get(reverse("ticket", args=[ticket.number])).content.decode()
