"""Files over the API: brought, sent with words, noted, fetched by those who see them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import path_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Upload
from ambidesk.support.conversations.uploading import KEPT_FOR, sweep_uploads
from ambidesk.support.tickets.models import NoteFile, Ticket
from tests.cast import Cast
from tests.edge.api.machines import Machine
from tests.edge.api.test_tickets import wish

Capture = Callable[..., AbstractContextManager[object]]
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place of its own for files."""
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)


def test_a_file_is_brought_sent_with_an_answer_and_fetched(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    number = cast.ticket().number
    brought = shop.upload("../photo.exe", PNG)
    assert (brought.status, brought.body["content_type"]) == (201, "image/png"), brought.body
    assert (brought.body["name"], brought.body["size_bytes"]) == ("photo.exe", len(PNG))
    body = {"files": [brought.body["key"]]}
    assert lifts.post(f"tickets/{number}/answers", body).status == 404
    said = shop.post(f"tickets/{number}/answers", body)
    assert said.status == 201, said.body
    (file,) = said.body["files"]
    fetched = shop.get(f"files/{file['key']}")
    assert fetched.status == 200
    assert fetched.headers["Content-Disposition"] == "attachment"
    assert lifts.get(f"files/{file['key']}").status == 404
    again = shop.post(f"tickets/{number}/answers", body)
    assert (again.status, again.body["code"]) == (422, "file-gone")


def test_a_file_of_another_key_is_nobody_elses_to_send(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    key = lifts.upload("secret.txt", b"words").body["key"]
    number = cast.ticket().number
    said = shop.post(f"tickets/{number}/notes", {"text": "See", "files": [key]})
    assert (said.status, said.body["code"]) == (422, "file-gone")
    assert shop.delete(f"uploads/{key}").status == 204
    assert Upload.objects.count() == 1
    assert lifts.delete(f"uploads/{key}").status == 204
    assert not Upload.objects.exists()


def test_a_refused_answer_keeps_its_file_for_the_next_try(cast: Cast, shop: Machine) -> None:
    number = cast.ticket().number
    key = shop.upload("a.txt", b"words").body["key"]
    body = {"text": "Hi", "files": [key]}
    path = f"tickets/{number}/answers"
    assert shop.post(path, {**body, "to": [cast.boris.pk]}).status == 422
    assert shop.post(path, body).status == 201


def test_a_note_with_a_file_is_read_on_the_screen_and_goes_with_its_person(
    cast: Cast,
    shop: Machine,
    lifts: Machine,
    client: Client,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    number = cast.ticket().number
    key = shop.upload("plan.txt", b"the plan").body["key"]
    said = shop.post(f"tickets/{number}/notes", {"text": "See", "files": [key]})
    (file,) = said.body["files"]
    assert shop.get(f"tickets/{number}/notes").body["items"][0]["files"] == [file]
    assert shop.get(f"files/{file['key']}").status == 200
    assert lifts.get(f"files/{file['key']}").status == 404
    client.force_login(cast.olga.user)
    assert "plan.txt" in client.get(f"/tickets/{number}").content.decode()
    assert client.get(f"/files/{file['key']}").status_code == 200
    client.force_login(cast.lev.user)
    assert client.get(f"/files/{file['key']}").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast.anna.person, by=SYSTEM, at=cast.at)
    assert not NoteFile.objects.exists()
    assert not path_of(Blob.objects.get(size_bytes=len(b"the plan")).sha256).exists()


def test_a_ticket_opens_with_the_files_of_its_requester(cast: Cast, shop: Machine) -> None:
    key = shop.upload("broken.png", PNG).body["key"]
    number = shop.post("tickets", wish(cast, files=[key])).body["number"]
    (message,) = shop.get(f"tickets/{number}/messages").body["items"]
    assert [each["name"] for each in message["files"]] == ["broken.png"]
    twice = {"tickets": [wish(cast, files=[key]), wish(cast, files=[key])]}
    assert shop.post("tickets/bulk", twice).status == 422
    assert Ticket.objects.count() == 1


def test_what_is_too_large_or_empty_or_no_file_is_refused(shop: Machine) -> None:
    assert shop.upload("empty.txt", b"").status == 422
    assert shop.post("uploads", {"file": "words"}).status == 415
    large = shop.upload("large.bin", b"x" * 20_000_001)
    assert (large.status, large.body["code"]) == (413, "too-large")
    # More than Django holds in memory, yet within what is taken.
    assert shop.upload("film.bin", b"x" * 3_000_000, Idempotency_Key="film").status == 201
    again = shop.upload("film.bin", b"x" * 3_000_000, Idempotency_Key="film")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert shop.upload("film.bin", b"y" * 3_000_000, Idempotency_Key="film").status == 422
    assert Upload.objects.count() == 1


def test_what_waited_for_a_day_is_forgotten(cast: Cast, shop: Machine) -> None:
    shop.upload("a.txt", b"words")
    kept = Upload.objects.get()
    assert sweep_uploads(at=kept.at) == 0
    assert sweep_uploads(at=kept.at + KEPT_FOR) == 1
