"""Originals: mails that came enclosed, and the words of a mail that is nothing else."""

import base64

from tests.support.channels.mail.parsing.writing import parts

ENCLOSED = (
    "Content-Type: message/rfc822\n\n"
    "From: Boris <boris@example.net>\nTo: anna@example.org\nSubject: =?utf-8?b?0KfQtdC6?=\n"
    "Date: Mon, 3 Mar 2025 10:15:00 +0300\nMessage-ID: <original@example.net>\n\n"
    "The lift stands still.\n"
)


def test_an_enclosed_mail_is_read_and_is_a_file() -> None:
    mail = parts("Content-Type: text/plain\n\nSee what Boris writes.", ENCLOSED)
    (original,) = mail.originals
    assert original.message_id == "original@example.net"
    assert [one.address for one in original.senders] == ["boris@example.net"]
    assert (original.subject, original.text.strip()) == ("Чек", "The lift stands still.")
    assert original.date is not None
    assert mail.text.strip() == "See what Boris writes."
    assert [one.content_type for one in mail.attachments] == ["message/rfc822"]


def test_a_mail_that_only_encloses_another_says_what_that_says() -> None:
    mail = parts(ENCLOSED)
    assert mail.text.strip() == "The lift stands still."
    assert mail.reply == "The lift stands still."
    assert [one.address for one in mail.senders] == ["anna@example.org"]


def test_an_enclosed_mail_in_base64_is_read_too() -> None:
    coded = ENCLOSED.replace(
        "message/rfc822\n", "message/rfc822\nContent-Transfer-Encoding: base64\n"
    )
    head, _, body = coded.partition("\n\n")
    mail = parts(f"{head}\n\n{base64.encodebytes(body.encode()).decode()}")
    assert mail.originals[0].message_id == "original@example.net"


def test_a_digest_of_mails_is_several_originals() -> None:
    inside = ENCLOSED.partition("\n\n")[2]
    mail = parts(f"\n{inside}", f"\n{inside.replace('stands', 'stood')}", kind="digest")
    assert [one.text.split()[2] for one in mail.originals] == ["stands", "stood"]


def test_mails_enclosed_in_enclosed_mails_end_somewhere() -> None:
    text = "From: a@example.org\n\nbottom"
    for _ in range(50):
        text = f"From: a@example.org\nContent-Type: message/rfc822\n\n{text}"
    mail = parts(f"Content-Type: message/rfc822\n\n{text}")
    assert len(mail.originals) == 1
