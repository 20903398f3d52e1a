"""Replies: what is new in mails whose new part is known."""

import pytest

from ambidesk.support.channels.mail.parsing.reading import parse
from tests.corpora.answers import known, of_reply
from tests.corpora.places import ORDINARY, corpus, mails_in
from tests.corpora.rates import Rate, report

CLIENTS = "talon/standard_replies/*.eml"
PAGES = "talon/html_replies/*.html"
TEXTS = "mail-parser-reply/*.txt"
# Said by the README of the corpus.
SAID_TO_CLIENTS = "Hello"
SAID_ON_PAGES = "Hi. I am fine.\n\nThanks,\nAlex"


def as_mail(content: bytes, kind: str) -> bytes:
    head = f"From: a@example.org\r\nTo: b@example.org\r\nContent-Type: {kind}; charset=utf-8\r\n"
    return head.encode() + b"\r\n" + content


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_new_part_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpus("mail-replies")
    clients, pages, texts = Rate("mails of clients"), Rate("pages"), Rate("texts of 8 languages")
    for path in sorted(folder.glob(CLIENTS)):
        reply = parse(path.read_bytes()).reply
        clients.count(path.stem, is_right=reply == SAID_TO_CLIENTS)
    for path in sorted(folder.glob(PAGES)):
        reply = parse(as_mail(path.read_bytes(), "text/html")).reply
        pages.count(path.stem, is_right=words(reply) == words(SAID_ON_PAGES))
    for name, answer in known("replies").items():
        reply = parse(as_mail((folder / name).read_bytes(), "text/plain")).reply
        texts.count(name, is_right=of_reply(reply) == answer["reply"])
    with capsys.disabled():
        report([clients, pages, texts], print)
    everything = clients.total + pages.total + texts.total
    right = clients.right + pages.right + texts.right
    assert right / everything >= 50 / 64


def test_a_page_without_any_header_is_read_as_a_page() -> None:
    for path in sorted(corpus("mail-replies").glob(PAGES)):
        assert words(parse(path.read_bytes()).reply) == words(SAID_ON_PAGES), path.stem


@pytest.mark.parametrize("name", ["jeff", "long", "short_url", "sparse", "camel_case"])
def test_what_is_said_stays_when_a_signature_goes(name: str) -> None:
    folder = corpus("mail-replies") / "talon" / "signature" / "emails" / "stripped"
    body = (folder / f"{name}_body").read_text()
    signature = words((folder / f"{name}_signature").read_text())
    said = words(body).removesuffix(signature).strip()
    reply = words(parse(as_mail(body.encode(), "text/plain")).reply)
    assert reply.startswith(said)


def test_no_reply_says_what_the_mail_does_not() -> None:
    for path in mails_in(*ORDINARY):
        mail = parse(path.read_bytes())
        said = set(words(mail.text).replace(">", " ").split())
        assert set(mail.reply.replace(">", " ").split()) <= said, path.name
