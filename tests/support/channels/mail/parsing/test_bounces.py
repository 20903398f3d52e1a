"""Bounces: who did not get a mail, for good or for now, in reports and in words."""

import pytest

from ambidesk.support.channels.mail.parsing.parsed import BounceAction, MailKind, ParsedMail
from tests.support.channels.mail.parsing.writing import parts, read

DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nTo: help@polka.example\n"
RETURNED = (
    "Content-Type: message/rfc822\n\nFrom: help@polka.example\nTo: nobody@example.org\n"
    "Subject: Your order\nMessage-ID: <ours-1@polka.example>\n\nHello\n"
)


def report(*recipients: str, said: str = "It could not be delivered.") -> ParsedMail:
    status = "\n\n".join(["Reporting-MTA: dns; mx.example", *recipients])
    return parts(
        f"Content-Type: text/plain\n\n{said}",
        f"Content-Type: message/delivery-status\n\n{status}",
        RETURNED,
        kind="report; report-type=delivery-status",
    )


def notice(
    text: str, subject: str = "Undelivered Mail Returned to Sender", sender: str = DAEMON
) -> ParsedMail:
    return read(f"{sender}Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}")


def test_a_hard_bounce_names_recipient_status_reason_and_the_mail_that_came_back() -> None:
    mail = report(
        "Final-Recipient: rfc822; nobody@example.org\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.org>:\n Recipient address rejected"
    )
    assert mail.kind is MailKind.BOUNCE
    assert mail.bounce is not None
    first = mail.bounce.first
    assert (first.address, first.action, first.status) == (
        "nobody@example.org",
        BounceAction.FAILED,
        "5.1.1",
    )
    assert first.diagnostic == "550 5.1.1 <nobody@example.org>: Recipient address rejected"
    assert mail.bounce.original_message_id == "ours-1@polka.example"


def test_a_soft_bounce_is_a_delay() -> None:
    mail = report("Final-Recipient: rfc822; slow@example.org\nAction: delayed\nStatus: 4.4.1")
    assert mail.bounce is not None
    assert (mail.bounce.first.action, mail.bounce.first.status) == (BounceAction.DELAYED, "4.4.1")


def test_of_several_recipients_a_lost_one_comes_first() -> None:
    mail = report(
        "Final-Recipient: rfc822; fine@example.org\nAction: delivered\nStatus: 2.0.0",
        "Final-Recipient: rfc822; gone@example.org\nAction: failed\nStatus: 5.1.1",
        "Final-Recipient: rfc822; GONE@example.org\nAction: failed\nStatus: 5.1.1",
    )
    assert mail.bounce is not None
    assert [one.address for one in mail.bounce.recipients] == [
        "fine@example.org",
        "gone@example.org",
    ]
    assert mail.bounce.first.address == "gone@example.org"


def test_the_address_we_wrote_to_counts_before_the_one_it_was_passed_on_to() -> None:
    mail = report(
        "Original-Recipient: rfc822;alias@example.org\nFinal-Recipient: rfc822; real@inner.example\n"
        "Action: failed\nStatus: 5.2.2"
    )
    assert mail.bounce is not None
    assert mail.bounce.first.address == "alias@example.org"


@pytest.mark.parametrize(
    "action, status, meant",
    [
        ("", "5.0.0", BounceAction.FAILED),
        ("", "4.0.0", BounceAction.DELAYED),
        ("", "2.0.0", BounceAction.DELIVERED),
        ("Failed (no user)", "", BounceAction.FAILED),
        ("relayed", "2.0.0", BounceAction.RELAYED),
        ("nonsense", "", BounceAction.FAILED),
    ],
)
def test_an_action_that_is_not_said_is_told_by_the_status(
    action: str, status: str, meant: BounceAction
) -> None:
    mail = report(f"Final-Recipient: rfc822; x@example.org\nAction: {action}\nStatus: {status}")
    assert mail.bounce is not None
    assert mail.bounce.first.action is meant


@pytest.mark.parametrize(
    "text",
    [
        "<nobody@example.org>: host mx.example.org said: 550 5.1.1 User unknown",
        "The following addresses had permanent fatal errors:\n\n  nobody@example.org\n",
        "  nobody@example.org\n    SMTP error from remote mail server after RCPT TO:<nobody@example.org>:\n    550 5.1.1 no such user",
        "Your message to nobody@example.org couldn't be delivered.",
        "Delivery to the following recipient failed permanently:\n\n     nobody@example.org\n\nTechnical details",
        "Delivery has failed to these recipients or groups:\n\nnobody@example.org<mailto:nobody@example.org>\n",
        "Could not be delivered to: <nobody@example.org>\nAs their mailbox is full.",
        "Ваше сообщение не может быть доставлено по адресу nobody@example.org: ящик переполнен",
        "nobody@example.org: 550 5.1.1 http://mx.example/why - gsmtp",
        "Ihre Nachricht konnte nicht zugestellt werden:\n\n<nobody@example.org>:\nUnbekannter Empfänger",
    ],
)
def test_a_notice_in_words_names_the_recipient(text: str) -> None:
    mail = notice(text)
    assert mail.kind is MailKind.BOUNCE
    assert mail.bounce is not None
    assert mail.bounce.first.address == "nobody@example.org"
    assert mail.bounce.first.action is BounceAction.FAILED


def test_a_notice_of_delay_in_words_is_a_delay() -> None:
    mail = notice(
        "This is a warning message only. Your message has not yet been delivered to\n\n"
        "  slow@example.org\n\nIt will be retried for three days.",
        subject="Warning: message delayed 24 hours",
    )
    assert mail.bounce is not None
    assert (mail.bounce.first.address, mail.bounce.first.action) == (
        "slow@example.org",
        BounceAction.DELAYED,
    )


def test_exim_names_the_failed_recipient_in_a_header() -> None:
    mail = notice(
        "A message that you sent could not be delivered.",
        sender=f"{DAEMON}X-Failed-Recipients: nobody@example.org\n",
    )
    assert mail.bounce is not None
    assert mail.bounce.first.address == "nobody@example.org"


def test_the_null_return_path_makes_a_machine_of_anybody() -> None:
    sender = "Return-Path: <>\nFrom: it@example.org\nTo: help@polka.example\n"
    mail = notice("<nobody@example.org>: user unknown", subject="Mail failure", sender=sender)
    assert mail.kind is MailKind.BOUNCE


def test_a_notice_that_names_nobody_is_about_whom_the_returned_mail_was_for() -> None:
    mail = read(
        f"{DAEMON}Subject: Undelivered Mail\nContent-Type: multipart/mixed; boundary=cut\n\n"
        f"--cut\nContent-Type: text/plain\n\nYour mail could not be delivered.\n--cut\n{RETURNED}\n--cut--\n"
    )
    assert mail.bounce is not None
    assert mail.bounce.first.address == "nobody@example.org"
    assert mail.bounce.original_message_id == "ours-1@polka.example"


PEOPLE = [
    "From: Anna <anna@example.org>\n",
    "From: support@shop.example\n",
    "From: no-reply@shop.example\n",
]
COMPLAINTS = [
    ("Order not delivered", "My order 123 was not delivered. Write to anna.p@example.org."),
    ("Посылка не доставлена", "Посылка не доставлена, заказ на:\nanna.p@example.org\n\nАнна"),
    ("Ошибка доставки", "Не удалось доставить посылку.\nПочта: anna.p@example.org"),
    ("Delivery problem", "The courier could not deliver it. Recipient: boris@example.org"),
    ("Parcel returned to sender", "The parcel has been returned. anna.p@example.org"),
    ("Paket nicht zugestellt", "Mein Paket wurde nicht zugestellt. anna.p@example.org"),
    ("Colis non distribué", "Le colis n'a pas été distribué. anna.p@example.org"),
    ("User unknown when I log in", "It says 'user unknown' for\n\nanna.p@example.org"),
    ("Mail error", "I cannot send mail to my colleague\nboris@example.net: 550 5.1.1 user unknown"),
    ("Undeliverable mails", "My mails to boris@example.net are undeliverable. Can you help?"),
    ("Delivery delayed", "The delivery has been delayed. My account: anna.p@example.org"),
    ("Bounce rate", "The bounce rate does not exist here. anna.p@example.org"),
]


@pytest.mark.parametrize("sender", PEOPLE)
@pytest.mark.parametrize("subject, text", COMPLAINTS)
def test_a_complaint_that_something_did_not_arrive_is_no_bounce(
    sender: str, subject: str, text: str
) -> None:
    mail = notice(text, subject=subject, sender=f"{sender}To: help@polka.example\n")
    assert (mail.kind, mail.bounce) == (MailKind.MAIL, None)


def test_a_bounce_that_a_person_forwards_is_mail() -> None:
    text = (
        "What does this mean?\n\n---------- Forwarded message ---------\n"
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nSubject: Undelivered Mail\n\n"
        "<boris@example.net>: 550 5.1.1 user unknown"
    )
    mail = notice(
        text, subject="Fwd: Undelivered Mail", sender="From: anna@example.org\nTo: h@x.example\n"
    )
    assert (mail.kind, mail.bounce) == (MailKind.MAIL, None)


def test_an_answer_about_a_bounce_is_mail() -> None:
    sender = "From: anna@example.org\nTo: h@x.example\nIn-Reply-To: <1@x.example>\n"
    mail = notice(
        "Your mail could not be delivered, I was told.", subject="Re: Undelivered", sender=sender
    )
    assert mail.kind is MailKind.MAIL


def test_a_bounce_is_automatic() -> None:
    assert report("Final-Recipient: rfc822; x@example.org\nAction: failed").is_automatic
