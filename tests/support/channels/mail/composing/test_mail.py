"""A letter becomes one valid mail, whatever names, words and files it holds."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from ambidesk.support.channels.mail.composing.headers import straight
from ambidesk.support.channels.mail.composing.letter import (
    CannotBeWritten,
    File,
    Letter,
    Mailbox,
    Manager,
    Quote,
)
from ambidesk.support.channels.mail.composing.mail import safe_name, write
from ambidesk.support.channels.mail.parsing.reading import parse as read

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
words = st.text(max_size=120)
REPLY = Mailbox(name="Полка", address=f"help+{'a' * 32}@polka.example")


def letter(**fields: Any) -> Letter:
    values: dict[str, Any] = {
        "sender": Mailbox(name="Полка", address="help@polka.example"),
        "to": (Mailbox(name="Анна Петрова", address="anna@example.org"),),
        "message_id": "0123456789abcdef@polka.example",
        "subject": "Где посылка?",
        "text": "Уже в пути.\n\nС уважением",
        "language": "ru",
    }
    return Letter(**{**values, **fields})


def mail(**fields: Any) -> EmailMessage:
    raw = write(letter(**fields), reply_to=REPLY, at=AT)
    return message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]


def body(found: EmailMessage, kind: str) -> str:
    part = found.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")  # type: ignore[attr-defined]


def test_a_mail_says_who_writes_to_whom_and_where_answers_go() -> None:
    found = mail(cc=(Mailbox(name="Boris, the chief", address="boris@example.net"),))
    assert str(found["From"]) == "Полка <help@polka.example>"
    assert str(found["To"]) == "Анна Петрова <anna@example.org>"
    assert found["Cc"].addresses[0].display_name == "Boris, the chief"
    assert found["Reply-To"].addresses[0].addr_spec == REPLY.address
    assert found["Subject"] == "Где посылка?"
    assert found["Date"].datetime == AT
    assert found["Message-ID"] == "<0123456789abcdef@polka.example>"
    assert found["Auto-Submitted"] is None


def test_what_can_be_ended_says_where_and_by_one_click_over_https() -> None:
    found = mail(is_automatic=True, unsubscribe="https://polka.example/rate/x/unsubscription")
    assert found["List-Unsubscribe"] == "<https://polka.example/rate/x/unsubscription>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail(unsubscribe="http://polka.example/x")["List-Unsubscribe-Post"] is None
    assert mail()["List-Unsubscribe"] is None


def test_under_the_signature_stands_who_answers_for_the_clients_account() -> None:
    face = File(
        name="face.jpg", content_type="image/jpeg", content=b"face", content_id="f@polka.example"
    )
    olga = Manager(words=("Ваш менеджер: Ольга <b>", "Инженер", "вместо Ивана"), face=face)
    found = mail(signature="Полка", manager=olga)
    plain = body(found, "plain")
    introduced = "Ваш менеджер: Ольга <b>, Инженер, вместо Ивана"
    assert plain.rstrip().endswith(f"-- \nПолка\n{introduced}")
    html = body(found, "html")
    assert "Ваш менеджер: Ольга &lt;b&gt;" in html
    assert 'src="cid:f@polka.example"' in html
    pictures = [part for part in found.walk() if part.get_content_type() == "image/jpeg"]
    assert [(part["Content-ID"], part.get_content()) for part in pictures] == [
        ("<f@polka.example>", b"face")
    ]
    # What comes back under their answer is no part of what they say.
    assert "менеджер" not in read(write(letter(manager=olga), reply_to=REPLY, at=AT)).reply
    alone = mail(manager=Manager(words=("Your account manager: Ольга",)))
    assert body(alone, "plain").rstrip().endswith("-- \nYour account manager: Ольга")
    assert "<img" not in body(alone, "html")


def test_an_answer_names_what_it_answers_and_the_whole_talk() -> None:
    long = "x" * 120 + "@mail.example.org"
    found = mail(in_reply_to=long, references=("first@example.org", "no id at all", long))
    assert found["In-Reply-To"] == f"<{long}>"
    assert str(found["References"]).split() == ["<first@example.org>", f"<{long}>"]
    assert found["Subject"] == "Re: Где посылка?"
    assert mail(in_reply_to=long, subject="RE: Parcel")["Subject"] == "RE: Parcel"


def test_both_parts_say_the_same() -> None:
    found = mail(html="<p>Уже <strong>в пути</strong>.</p>", signature="Полка\n+7 800 000-00-00")
    assert "Уже в пути." in body(found, "plain")
    assert "-- \nПолка" in body(found, "plain")
    assert "<strong>в пути</strong>" in body(found, "html")
    assert "+7 800" in body(found, "html")


def test_what_is_answered_stands_below_and_is_folded_away_by_readers() -> None:
    quote = Quote(author="Анна Петрова <anna@example.org>", said_at=AT, text="Где?\n> было <b>так")
    found = mail(quote=quote, in_reply_to="a@b.example")
    assert "> Где?\n> > было <b>так" in body(found, "plain")
    assert "&lt;b&gt;" in body(found, "html")
    parsed = read(write(letter(quote=quote), reply_to=REPLY, at=AT))
    assert parsed.reply.strip() == "Уже в пути.\n\nС уважением"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_our_own_reader_tells_the_answer_from_signature_and_quote(language: str) -> None:
    quote = Quote(author="Anna", said_at=AT, text="Where is it?")
    raw = write(
        letter(quote=quote, signature="Polka\nCare", language=language), reply_to=REPLY, at=AT
    )
    assert read(raw).reply.strip() == "Уже в пути.\n\nС уважением"


def test_markup_that_could_run_or_fetch_never_leaves() -> None:
    html = '<p onclick="x()">a<script>b</script><img src="https://t.example/1.png"></p>'
    markup = body(mail(html=html), "html")
    assert "script" not in markup
    assert "onclick" not in markup
    assert "t.example" not in markup


def test_automatic_mail_says_so() -> None:
    found = mail(is_automatic=True, in_reply_to="a@b.example")
    assert found["Auto-Submitted"] == "auto-replied"
    assert found["X-Auto-Response-Suppress"] == "All"
    assert found["Precedence"] == "auto_reply"
    assert mail(is_automatic=True)["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "name",
    ["отчёт за март.pdf", "a.pdf", "x" * 300 + ".pdf", "отчёт " * 60 + ".pdf", 'quo"ted; a=b.pdf'],
)
def test_files_come_along_under_their_names(name: str) -> None:
    file = File(name=name, content_type="application/pdf", content=b"%PDF-1.4\r\n\x00\xff")
    (found,) = mail(files=(file,)).iter_attachments()
    assert found.get_content() == file.content  # type: ignore[attr-defined]
    assert found.get_filename() == safe_name(name)
    (parsed,) = read(write(letter(files=(file,)), reply_to=REPLY, at=AT)).attachments
    assert (parsed.name, parsed.content) == (safe_name(name), file.content)


def test_a_picture_of_the_text_stands_inside_it() -> None:
    picture = File(
        name="a.png", content_type="image/png", content=b"\x89PNG", content_id="pic@desk"
    )
    file = File(name="b.txt", content_type="text/plain", content="привет".encode())
    parsed = read(
        write(letter(html='<img src="cid:pic@desk">', files=(picture, file)), reply_to=REPLY, at=AT)
    )
    assert [(each.name, each.is_inline) for each in parsed.attachments] == [
        ("a.png", True),
        ("b.txt", False),
    ]
    assert "cid:pic@desk" in parsed.html


def test_a_message_as_a_file_stays_a_file() -> None:
    file = File(name="a.eml", content_type="message/rfc822", content=b"Subject: x\n\ny")
    (found,) = mail(files=(file,)).iter_attachments()
    assert found.get_content_type() == "application/octet-stream"


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: c@d.example",
        "a b@c.example",
        "<a@b.example>",
        "",
        "a@",
        "a\0@b.example",
    ],
)
def test_an_address_that_could_break_a_line_is_refused(address: str) -> None:
    with pytest.raises(CannotBeWritten):
        mail(to=(Mailbox(address=address),))


@pytest.mark.parametrize("message_id", ["a@b>\r\nX: y", "", "a b@c", "ы@b.example"])
def test_an_identifier_that_could_break_a_line_is_refused(message_id: str) -> None:
    with pytest.raises(CannotBeWritten):
        mail(message_id=message_id)


def test_a_letter_without_a_recipient_is_refused() -> None:
    with pytest.raises(CannotBeWritten):
        mail(to=())


@given(
    name=words,
    subject=words,
    text=st.text(max_size=400),
    signature=words,
    author=words,
    file=words,
    references=st.lists(words, max_size=4),
)
@tries(max_examples=60, deadline=None)
def test_nothing_that_anybody_wrote_breaks_a_mail(
    *,
    name: str,
    subject: str,
    text: str,
    signature: str,
    author: str,
    file: str,
    references: list[str],
) -> None:
    raw = write(
        letter(
            sender=Mailbox(name=name, address="help@polka.example"),
            to=(Mailbox(name=author, address="anna@example.org"),),
            subject=subject,
            text=text,
            signature=signature,
            quote=Quote(author=author, said_at=AT, text=text),
            files=(
                File(name=file, content_type="text/plain", content=text.encode("utf-8", "replace")),
            ),
            references=tuple(references),
            in_reply_to=(references or [""])[0],
        ),
        reply_to=REPLY,
        at=AT,
    )
    assert raw.isascii()
    assert b"\0" not in raw
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    head = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    names = [line.split(b":")[0] for line in head if not line.startswith((b" ", b"\t"))]
    known = {b"From", b"Reply-To", b"To", b"Cc", b"Subject", b"Date", b"Message-ID"}
    known |= {b"In-Reply-To", b"References", b"MIME-Version", b"Content-Type"}
    assert set(names) <= known
    assert len(names) == len(set(names))
    found: Any = message_from_bytes(raw, policy=policy.default)
    assert straight(subject) in found["Subject"]
    assert parseaddr(str(found["To"]))[1] == "anna@example.org"
    assert not found.defects
