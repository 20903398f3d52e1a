"""Real mails with known answers: subjects, senders, visible words and names of files."""

import email
import email.policy
from email.message import EmailMessage
from email.utils import getaddresses

import pytest

from ambidesk.support.channels.mail.parsing.reading import parse
from tests.corpora.answers import (
    known,
    of_mail,
    of_names,
    of_senders,
    of_subject,
    of_words,
)
from tests.corpora.places import SHARED
from tests.corpora.rates import Rate, report

ASKED = ("subject", "senders", "words", "names")


def of_library(raw: bytes) -> dict[str, str]:
    """Answer as Python's own parser does; what it raises is no answer."""
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
    except Exception:  # noqa: BLE001 - the standard library fails on some of these
        return {}
    asked = {
        "subject": lambda: of_subject(str(message["subject"] or "")),
        "senders": lambda: of_senders(_senders(message)),
        "words": lambda: of_words(_words(message)),
        "names": lambda: of_names(_names(message)),
    }
    answers = {}
    for name, ask in asked.items():
        try:
            answers[name] = ask()
        except Exception:  # noqa: BLE001 - the same
            answers[name] = ""
    return answers


def _senders(message: EmailMessage) -> list[str]:
    lines = [str(line) for line in message.get_all("from", [])]
    return [address for _, address in getaddresses(lines) if "@" in address]


def _words(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    return str(body.get_content()) if body else ""


def _names(message: EmailMessage) -> list[str]:
    return [part.get_filename() or "" for part in message.walk() if not part.is_multipart()]


def test_most_real_mails_are_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    ours = {what: Rate(what) for what in ASKED}
    library = {what: Rate(f"{what} by the standard library") for what in ASKED}
    for name, answers in known("mails").items():
        raw = (SHARED / name).read_bytes()
        said, said_by_library = of_mail(parse(raw)), of_library(raw)
        for what, answer in answers.items():
            ours[what].count(name, is_right=said[what] == answer)
            library[what].count("", is_right=said_by_library.get(what) == answer)
    with capsys.disabled():
        report([*ours.values(), *library.values()], print)
    assert all(rate.share >= 0.92 for rate in ours.values())
    right, total = (
        sum(each.right for each in ours.values()),
        sum(each.total for each in ours.values()),
    )
    assert right / total >= 0.92
