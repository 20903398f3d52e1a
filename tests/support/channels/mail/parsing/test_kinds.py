"""Kinds: what a program sent, what a list carried, what somebody wrote to us."""

import pytest

from ambidesk.support.channels.mail.parsing.parsed import MailKind
from tests.support.channels.mail.parsing.writing import headers, letter, parts

FROM = "From: Anna <anna@example.org>"


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-replied (vacation)",
        "X-Autoreply: yes",
        "X-Autorespond: Away",
        "Precedence: auto_reply",
        "X-Mail-Autoreply: yes",
        "Subject: Automatic reply: Lift",
        "Subject: Out of Office: Lift",
        "Subject: OOO: back on Monday",
        "Subject: Автоответ: Лифт",
        "Subject: Автоматический ответ",
        "Subject: Automatische Antwort: Aufzug",
        "Subject: Abwesenheitsnotiz",
        "Subject: Réponse automatique : Ascenseur",
        "Subject: Respuesta automática: Ascensor",
        "Subject: 自动回复: 电梯",
        "Subject: 自動返信",
        "Subject: Read: Lift\nIn-Reply-To: <ours@polka.example>",
        "Subject: Прочитано: Лифт\nThread-Index: AdFuZ6XxOH",
    ],
)
def test_what_a_responder_sends_is_an_automatic_reply(line: str) -> None:
    mail = headers(FROM, line)
    assert mail.kind is MailKind.AUTO_REPLY
    assert mail.is_automatic


@pytest.mark.parametrize(
    "subject",
    [
        "The automatic door does not close",
        "How do I set up an automatic reply?",
        "Absences of the engineer",
        "Auto: a question",
        "Re: your absence",
        "Автоматика лифта не работает",
        "Read this: the lift stands still",
        "Read: the lift stands still",
        "I am out of toner",
        "Out of office hours nobody answers",
        "Отсутствуют документы на лифт",
        "Нет на месте лифтёра",
        "Вне офиса не открывается",
        "Auto: Bremsen quietschen",
        "I am away, please call the office",
    ],
)
def test_what_a_person_writes_of_such_things_is_mail(subject: str) -> None:
    mail = headers(FROM, f"Subject: {subject}")
    assert (mail.kind, mail.is_automatic) == (MailKind.MAIL, False)


def test_auto_submitted_no_is_a_person() -> None:
    mail = headers(FROM, "Auto-Submitted: no")
    assert (mail.kind, mail.is_automatic) == (MailKind.MAIL, False)


def test_what_a_machine_sends_by_itself_is_mail_that_nothing_answers() -> None:
    for line in (
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "Precedence: junk",
        "Feedback-ID: 1:shop",
    ):
        mail = headers(FROM, line)
        assert (mail.kind, mail.is_automatic) == (MailKind.MAIL, True)


@pytest.mark.parametrize(
    "line",
    [
        "List-Id: Lifts <lifts.lists.example.org>",
        "List-Unsubscribe: <mailto:leave@lists.example.org>",
        "List-Post: <mailto:lifts@lists.example.org>",
        "Precedence: list",
        "Precedence: bulk",
        "Mailing-List: contact lifts-help@example.org",
        "X-Mailman-Version: 2.1",
    ],
)
def test_what_a_list_carries_is_list_mail(line: str) -> None:
    mail = headers(FROM, line)
    assert mail.kind is MailKind.LIST
    assert mail.is_automatic


def test_the_id_of_a_list_stands_without_its_name() -> None:
    assert (
        headers(FROM, "List-Id: Lifts of Moscow <lifts.example.org>").list_id == "lifts.example.org"
    )


def test_an_abuse_report_is_one_by_its_parts() -> None:
    report = (
        "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x\nVersion: 1\n"
    )
    mail = parts(
        "Content-Type: text/plain\n\nThis is an abuse report.",
        report,
        "Content-Type: message/rfc822\n\nFrom: help@polka.example\nMessage-ID: <ours@x>\n\nwords",
        kind="report; report-type=feedback-report",
    )
    assert mail.kind is MailKind.ABUSE_REPORT
    assert mail.originals[0].message_id == "ours@x"
    assert mail.is_automatic


def test_a_complaint_that_encloses_our_mail_is_an_abuse_report() -> None:
    mail = parts(
        "Content-Type: message/rfc822\n\nFrom: help@polka.example\n\nwords",
    )
    assert mail.kind is MailKind.MAIL
    said = headers(FROM, "Subject: complaint about message from 192.0.2.1")
    assert said.kind is MailKind.MAIL


def test_a_receipt_is_an_automatic_reply() -> None:
    mail = parts(
        "Content-Type: text/plain\n\nYour mail was displayed.",
        "Content-Type: message/disposition-notification\n\nDisposition: manual-action; displayed\n",
        kind="report; report-type=disposition-notification",
    )
    assert mail.kind is MailKind.AUTO_REPLY


def test_the_envelope_sender_and_the_mailboxes_it_went_through_are_kept() -> None:
    mail = headers(
        FROM,
        "Return-Path: <bounces@example.org>",
        "Delivered-To: help+abc@polka.example",
        "Authentication-Results: mx.polka.example; dkim=pass",
    )
    assert mail.return_path == "bounces@example.org"
    assert [one.address for one in mail.delivered_to] == ["help+abc@polka.example"]
    assert mail.authentication_results == ("mx.polka.example; dkim=pass",)
    assert headers(FROM, "Return-Path: <>").return_path == ""
    assert letter("words").return_path is None
