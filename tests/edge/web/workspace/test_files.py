"""Files and frames: who may have them, and that what a stranger sent never runs here."""

import pytest
from django.test import Client, TestCase

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.files.storing import path_of, store
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.conversations.receiving import InboundFile
from tests.cast import Cast
from tests.edge.web.workspace.conftest import text_of
from tests.ground.files.test_content import PICTURES, png

PAGE = b"<!doctype html><script>alert(document.domain)</script>"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def sent(
    cast: Cast, content: bytes, name: str = "file", html: str = "", content_id: str = ""
) -> Attachment:
    """A file that Anna sent to the shop, on a ticket."""
    file = InboundFile(blob=store(content, at=cast.at), name=name, content_id=content_id)
    ticket = cast.ticket(files=(file,), html=html)
    return Attachment.objects.get(message__filings__ticket=ticket)


def test_a_file_is_had_by_those_who_see_its_message(olga: Client, lev: Client, cast: Cast) -> None:
    file = sent(cast, b"%PDF-1.4 bill", "bill.pdf")
    answer = olga.get(f"/files/{file.key}")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 bill"
    assert lev.get(f"/files/{file.key}").status_code == 404
    assert Client().get(f"/files/{file.key}").status_code in {302, 401, 403}
    assert olga.get("/files/no-such-key").status_code == 404
    assert olga.get(f"/files/{file.blob.sha256}").status_code == 404


@pytest.mark.parametrize(
    "content, name",
    [
        (PAGE, "page.html"),
        (PAGE, "picture.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "drawing.svg"),
        (b"%PDF-1.4 <script>", "paper.pdf"),
        (b"alert(1)", "script.js"),
        (b"MZ\x90\x00", "setup.exe"),
        (b"12345678WEBP<script>alert(1)</script>", "picture.webp"),
    ],
)
@pytest.mark.parametrize("query", ["", "?inline=1"])
def test_what_is_no_picture_is_only_ever_downloaded(
    olga: Client, cast: Cast, content: bytes, name: str, query: str
) -> None:
    answer = olga.get(f"/files/{sent(cast, content, name).key}{query}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("what", PICTURES)
def test_a_picture_is_shown_in_place_as_what_it_is(olga: Client, cast: Cast, what: str) -> None:
    content, kind = PICTURES[what]
    answer = olga.get(f"/files/{sent(cast, content, 'x.html').key}?inline=1")
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith("inline;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_picture_that_unpacks_to_too_much_is_downloaded_and_not_shown(
    olga: Client, cast: Cast
) -> None:
    file = sent(cast, png(60_000, 60_000), "bomb.png")
    assert olga.get(f"/files/{file.key}?inline=1").status_code == 404
    assert olga.get(f"/files/{file.key}").status_code == 200


@pytest.mark.parametrize(
    "name, exact",
    [
        ("счёт.pdf", "%D1%81%D1%87%D1%91%D1%82.pdf"),
        ('a"; filename="evil.exe', "a%22%3B%20filename%3D%22evil.exe"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie%3A%20x%3D1"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd"),
        ("x" * 200 + ".pdf", "x" * 146 + ".pdf"),
        ("", "file"),
    ],
)
def test_a_name_never_ends_the_header_it_stands_in(
    olga: Client, cast: Cast, name: str, exact: str
) -> None:
    said = olga.get(f"/files/{sent(cast, b'words', name).key}")["Content-Disposition"]
    kind, plain, extended = said.split("; ")
    assert kind == "attachment"
    assert plain.count('"') == 2
    assert extended == f"filename*=UTF-8''{exact}"


def test_a_file_that_was_erased_or_lost_is_not_there(olga: Client, cast: Cast) -> None:
    file = sent(cast, b"words")
    path_of(file.blob.sha256).unlink()
    assert olga.get(f"/files/{file.key}").status_code == 404
    file.blob.removed_at = cast.at
    file.blob.save()
    assert olga.get(f"/files/{file.key}").status_code == 404


def test_a_file_is_read_and_never_written(olga: Client, cast: Cast) -> None:
    file = sent(cast, b"words")
    for ask in (olga.post, olga.put, olga.delete):
        assert ask(f"/files/{file.key}").status_code in {403, 405}


HOSTILE = (
    '<table><tr><td><script>alert(1)</script><img src="cid:logo@x"><img src="https://evil.example/p.gif">'
    '<a href="javascript:alert(1)">a</a><p style="background:url(https://evil.example/b)">b</p></table>'
)


def test_the_frame_of_a_mail_runs_and_loads_nothing(olga: Client, lev: Client, cast: Cast) -> None:
    file = sent(cast, png(10, 10), "logo.png", html=HOSTILE, content_id="<logo@x>")
    answer = olga.get(f"/messages/{file.message_id}/frame")
    policy = answer["Content-Security-Policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
    ):
        assert rule in policy
    assert "sandbox allow-same-origin" in policy
    assert "allow-scripts" not in policy
    assert "https:" not in policy
    assert answer["Referrer-Policy"] == "no-referrer"
    shown = text_of(answer)
    assert f"/files/{file.key}?inline=1" in shown
    assert "evil.example" not in shown
    assert "alert" not in shown
    assert lev.get(f"/messages/{file.message_id}/frame").status_code == 404


def test_pictures_from_elsewhere_are_fetched_only_when_asked_for(olga: Client, cast: Cast) -> None:
    file = sent(cast, png(10, 10), html=HOSTILE, content_id="logo@x")
    answer = olga.get(f"/messages/{file.message_id}/frame?pictures=1")
    assert "https://evil.example/p.gif" in text_of(answer)
    assert "evil.example/b" not in text_of(answer)
    assert "img-src 'self' https: http:" in answer["Content-Security-Policy"]


def test_an_erased_message_has_no_frame(olga: Client, cast: Cast) -> None:
    file = sent(cast, b"words", html=HOSTILE)
    key, message = file.key, file.message
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(message.sender.person, by=SYSTEM, at=cast.at)
    assert olga.get(f"/messages/{message.pk}/frame").status_code == 404
    assert olga.get(f"/files/{key}").status_code == 404
    assert olga.get(f"/messages/{message.pk}/source").status_code == 404
