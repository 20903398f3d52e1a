"""The sink of a demo: what was sent to it can be read, in two languages, and nothing of it runs."""

import json
import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from ambidesk.edge.commands.sink.box import Box
from ambidesk.edge.commands.sink.command import LOOPBACK, Taking
from ambidesk.edge.commands.sink.page import Page
from tests.support.channels.mail.relays import Loopback
from tests.waiting import PATIENCE_SECONDS

BROWSER = {"Accept": "text/html,*/*", "Accept-Language": "en"}


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(directory=tmp_path)


@pytest.fixture
def url(box: Box) -> Iterator[str]:
    Page.box = box
    pages = ThreadingHTTPServer((LOOPBACK, 0), Page)
    thread = threading.Thread(target=pages.serve_forever, daemon=True)
    thread.start()
    yield f"http://{LOOPBACK}:{pages.server_address[1]}"
    pages.shutdown()
    pages.server_close()


@pytest.fixture
def smtp(box: Box) -> Iterator[int]:
    server = Loopback(Taking(box), hostname=LOOPBACK, port=0, ready_timeout=PATIENCE_SECONDS)
    server.start()
    yield server.bound_port
    server.stop()


def get(url: str, **headers: str) -> tuple[str, dict[str, str]]:
    with urlopen(Request(url, headers=BROWSER | headers)) as answer:
        return answer.read().decode(), dict(answer.headers)


def mail(**headers: str) -> EmailMessage:
    made = EmailMessage()
    values = {"From": "Полка <help@polka.example>", "To": "Анна <anna@example.org>"}
    for name, value in {**values, **headers}.items():
        made[name.replace("_", "-")] = value
    made.set_content("Уже в пути.\n")
    made.add_alternative("<p>Уже <b>в пути</b><script>alert(1)</script></p>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="счёт.pdf")
    return made


def send(port: int, made: EmailMessage) -> None:
    with smtplib.SMTP(LOOPBACK, port) as client:
        client.send_message(made, "help@polka.example", ["anna@example.org"])


def test_a_mail_is_listed_and_shown_with_all_that_it_says(smtp: int, url: str) -> None:
    send(smtp, mail(Subject="Re: Посылка", Message_ID="<b@x>", References="<a@x>"))
    listed, _headers = get(url)
    assert "Полка → Анна" in listed
    assert "Re: Посылка" in listed
    shown, headers = get(f"{url}/000001")
    for words in ("Анна &lt;anna@example.org&gt;", "Уже в пути.", "счёт.pdf", "b@x", "a@x"):
        assert words in shown
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    raw, headers = get(f"{url}/000001.eml")
    assert raw.startswith("From:")
    assert headers["Content-Type"].startswith("text/plain")


def test_markup_of_a_mail_can_neither_run_nor_fetch(smtp: int, url: str) -> None:
    send(smtp, mail(Subject="<script>alert(1)</script>"))
    framed, headers = get(f"{url}/000001.html")
    assert "<b>в пути</b>" in framed
    assert "script" not in framed
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "<script" not in get(url)[0] + get(f"{url}/000001")[0]
    _file, headers = get(f"{url}/000001/1")
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Content-Type"] == "application/octet-stream"


def test_mails_of_one_talk_stand_together(smtp: int, url: str) -> None:
    send(smtp, mail(Subject="First", Message_ID="<a@x>"))
    send(smtp, mail(Subject="Second", Message_ID="<b@x>", References="<a@x>"))
    send(smtp, mail(Subject="Other", Message_ID="<c@x>"))
    shown, _headers = get(f"{url}/000002")
    assert "First" in shown
    assert "Other" not in shown


def test_programs_read_the_list_and_the_mails(smtp: int, url: str) -> None:
    send(smtp, mail(Subject="Parcel"))
    (found,) = json.loads(get(f"{url}/messages")[0])
    assert (found["subject"], found["rcpt_to"]) == ("Parcel", ["anna@example.org"])
    raw, headers = get(url + found["url"], Accept="*/*")
    assert headers["Content-Type"] == "message/rfc822"
    assert "Parcel" in raw


@pytest.mark.parametrize("accepted,tongue", [("ru-RU,ru;q=0.9", "ru"), ("de,en;q=0.5", "en")])
def test_the_pages_speak_the_browsers_language(url: str, accepted: str, tongue: str) -> None:
    listed, _headers = get(url, **{"Accept-Language": accepted})
    assert f'<html lang="{tongue}">' in listed


@pytest.mark.parametrize("path", ["/000009", "/../etc/passwd", "/000001/9", "/x.eml"])
def test_what_is_not_there_is_not_found(smtp: int, url: str, path: str) -> None:
    send(smtp, mail(Subject="Parcel"))
    with pytest.raises(HTTPError) as caught:
        get(url + path)
    with caught.value:
        assert caught.value.code == 404


def test_a_mail_that_makes_no_sense_is_kept_all_the_same(box: Box, url: str, smtp: int) -> None:
    with smtplib.SMTP(LOOPBACK, smtp) as client:
        client.sendmail("a@b.example", ["c@d.example"], b"\xff\xfe: \x00\r\n\r\n\xff")
    assert "a@b.example" in get(url)[0]
    assert "000001" in get(f"{url}/000001")[0]
