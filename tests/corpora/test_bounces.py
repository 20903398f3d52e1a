"""Bounces of many mail systems, against the addresses that the corpus says failed."""

import json

import pytest

from ambidesk.support.channels.mail.parsing.parsed import BounceAction, MailKind, ParsedMail
from ambidesk.support.channels.mail.parsing.reading import parse
from tests.corpora.places import ORDINARY, SHARED, corpus, mails_in
from tests.corpora.rates import Rate, report

# Mails that a mail system sent because it could not deliver one, among the ordinary corpora.
BOUNCES_ELSEWHERE = {
    "mail-parser/mail_malformed_2",
    "mail-python/msg_16.txt",
    "mail-python/msg_25.txt",
    "mail-python/msg_43.txt",
    "mail-rt/emails/multipart-report",
    "mail-rubymail/mime_emails/raw_email_with_mimepart_without_content_type.eml",
    "mail-rubymail/multipart_report_emails/multi_address_bounce1.eml",
    "mail-rubymail/multipart_report_emails/multi_address_bounce2.eml",
    "mail-rubymail/multipart_report_emails/multipart_report_multiple_status.eml",
    "mail-rubymail/multipart_report_emails/report_422.eml",
    "mail-rubymail/multipart_report_emails/report_530.eml",
}


def expected() -> dict[str, dict[str, list[str]]]:
    path = corpus("mail-bounces") / "expected.json"
    found: dict[str, dict[str, list[str]]] = json.loads(path.read_text())
    return found


def read(name: str) -> ParsedMail:
    return parse((corpus("mail-bounces") / name).read_bytes())


def test_bounces_are_recognised_with_the_right_recipient(
    capsys: pytest.CaptureFixture[str],
) -> None:
    recognised, named, acted = Rate("recognised"), Rate("first recipient"), Rate("action")
    everybody = Rate("all recipients")
    for name, answer in expected().items():
        failed = {one.lower() for one in answer["permanent"]}
        late = {one.lower() for one in answer["temporary"]}
        if not failed | late:
            continue
        mail = read(name)
        recognised.count(name, is_right=mail.kind is MailKind.BOUNCE)
        if mail.bounce is None:
            named.count(name, is_right=False)
            continue
        first = mail.bounce.first
        named.count(name, is_right=first.address.lower() in failed | late)
        is_late = first.action is BounceAction.DELAYED
        acted.count(name, is_right=is_late is not bool(failed))
        told = {one.address.lower() for one in mail.bounce.recipients}
        everybody.count(name, is_right=told >= failed or told >= late)
    with capsys.disabled():
        report([recognised, named, acted, everybody], print)
    assert recognised.share >= 0.95
    assert named.share >= 0.95
    assert acted.share >= 0.95


def test_no_ordinary_mail_is_taken_for_a_bounce() -> None:
    taken = {
        path.relative_to(SHARED).as_posix()
        for path in mails_in(*ORDINARY)
        if parse(path.read_bytes()).kind is MailKind.BOUNCE
    }
    assert taken == BOUNCES_ELSEWHERE


def test_what_is_no_bounce_among_the_bounces_is_none() -> None:
    assert read("groupwise_03.txt").kind is MailKind.MAIL
    assert read("qmail_08.txt").kind is MailKind.AUTO_REPLY
