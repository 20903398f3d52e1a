"""Outlook's own forms: winmail.dat, .msg files and compressed RTF."""

import base64
import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.outlook.rtf import decompress, text_of_rtf
from ambidesk.support.channels.mail.parsing.reading import parse
from tests.support.channels.mail.parsing.outlook_writing import (
    attribute,
    data_stream,
    message_file,
    properties,
    text_stream,
    winmail,
    wrapped_file,
)
from tests.support.channels.mail.parsing.writing import HEAD, parts

UNICODE, BYTES = 0x1F, 0x102
# The two worked examples of MS-OXRTFCP, 4.1 and 4.2.
COMPRESSED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
    "0af32068656c090020627705b06c647d0a800fa0"
)
REPEATED = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def with_winmail(content: bytes, said: str = "Content-Type: text/plain\n\nwords"):
    coded = base64.encodebytes(content).decode()
    head = "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64"
    return parts(said, f"{head}\n\n{coded}")


def test_the_files_in_a_winmail_dat_stand_beside_the_mail() -> None:
    mail = with_winmail(
        winmail(
            attribute(1, 0x69007, (1251).to_bytes(8, "little")),
            *wrapped_file("счёт.pdf".encode("cp1251"), b"%PDF-1.4"),
            *wrapped_file(
                b"LONGNA~1.DOC",
                b"words",
                (0x3707, UNICODE, "длинное имя.doc\0".encode("utf-16-le")),
            ),
        )
    )
    assert [(one.name, one.content) for one in mail.attachments] == [
        ("счёт.pdf", b"%PDF-1.4"),
        ("длинное имя.doc", b"words"),
    ]
    assert mail.text.strip() == "words"
    assert mail.defects == ()


def test_a_mail_that_is_only_a_winmail_dat_says_what_is_in_it() -> None:
    body = properties((0x1000, UNICODE, "Слова внутри\r\nи ещё\0".encode("utf-16-le")))
    mail = with_winmail(winmail(attribute(1, 0x69003, body)), "Content-Type: text/plain\n\n")
    assert mail.text == "Слова внутри\nи ещё"
    assert mail.attachments == ()


def test_html_in_a_winmail_dat_is_cleaned_like_any_other() -> None:
    html = "<p>Слова<script>alert(1)</script></p>".encode()
    body = properties((0x1013, BYTES, html), (0x3FDE, 3, (65001).to_bytes(4, "little")))
    mail = with_winmail(winmail(attribute(1, 0x69003, body)), "Content-Type: text/plain\n\n")
    assert mail.text == "Слова"
    assert mail.html == "<p>Слова</p>"


def test_a_broken_winmail_dat_stays_a_file_and_is_noted() -> None:
    mail = with_winmail(b"\x78\x9f\x3e\x22 torn")
    assert [one.name for one in mail.attachments] == ["winmail.dat"]
    assert Defect.TNEF_BROKEN in mail.defects


def test_compressed_rtf_is_read_as_the_specification_shows() -> None:
    assert decompress(COMPRESSED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompress(REPEATED) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert text_of_rtf(decompress(COMPRESSED))[0].strip() == "hello world"


def test_russian_and_unicode_rtf_is_text() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\'cf\'f0\'e8\'e2\'e5\'f2, \u1084?\u1080?\u1088?\par next}"
    assert text_of_rtf(rtf) == ("Привет, мир\nnext", False)


def test_html_that_outlook_put_into_rtf_comes_out_again() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
        rb"Hello\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}}"
    )
    html, is_html = text_of_rtf(rtf)
    assert is_html
    assert "".join(html.split()) == "<p>Hello</p>"


def letter_file():
    return message_file(
        dict(
            [
                text_stream(0x0037, "Осмотр лифта"),
                text_stream(0x0C1A, "Анна Петрова"),
                text_stream(0x5D01, "anna@example.org"),
                text_stream(0x0E04, "help@polka.example; Ivan Ilyin"),
                text_stream(0x1000, "Слова письма"),
                text_stream(0x1035, "<msg-1@example.org>"),
            ]
        )
        | {
            # Sent on 3 March 2025 at 10:15 UTC.
            "__properties_version1.0": b"\x00" * 32
            + struct.pack("<HHIQ", 0x40, 0x39, 0, 133_854_705_000_000_000),
            "__attach_version1.0_#00000000": dict(
                [
                    text_stream(0x3707, "схема.pdf"),
                    text_stream(0x370E, "application/pdf"),
                    data_stream(0x3701, b"%PDF-1.4 and more"),
                ]
            ),
            "__attach_version1.0_#00000001": dict(
                [
                    text_stream(0x3707, "logo.png"),
                    text_stream(0x370E, "image/png"),
                    text_stream(0x3712, "logo@x"),
                    data_stream(0x3701, b"\x89PNG\r\n\x1a\n" * 300),
                ]
            ),
        }
    )


def test_a_msg_file_is_read_as_the_mail_it_was() -> None:
    mail = parse(letter_file())
    assert [(one.name, one.address) for one in mail.senders] == [
        ("Анна Петрова", "anna@example.org")
    ]
    assert mail.subject == "Осмотр лифта"
    assert mail.text == "Слова письма"
    assert mail.message_id == "msg-1@example.org"
    assert [one.address for one in mail.to] == ["help@polka.example", ""]
    assert mail.date == datetime(2025, 3, 3, 10, 15, tzinfo=UTC)
    assert [(one.name, one.content_type, one.is_inline) for one in mail.attachments] == [
        ("схема.pdf", "application/pdf", False),
        ("logo.png", "image/png", True),
    ]
    assert mail.attachments[1].content == b"\x89PNG\r\n\x1a\n" * 300


def test_a_msg_file_keeps_the_headers_it_travelled_with() -> None:
    head = "From: Boris <boris@example.net>\r\nSubject: =?utf-8?b?0KfQtdC6?=\r\nContent-Type: multipart/x;\r\n boundary=gone\r\n"
    mail = parse(message_file(dict([text_stream(0x007D, head), text_stream(0x1000, "words")])))
    assert (mail.senders[0].address, mail.subject, mail.text) == (
        "boris@example.net",
        "Чек",
        "words",
    )


def test_a_subject_cannot_write_headers_into_a_msg_file() -> None:
    mail = parse(
        message_file(
            dict(
                [
                    text_stream(0x0037, "x\r\nFrom: evil@evil.example\r\n\r\nbody"),
                    text_stream(0x5D01, "anna@example.org"),
                    text_stream(0x1035, "<1@x>\r\nFrom: evil@evil.example"),
                    text_stream(0x1000, "words"),
                ]
            )
        )
    )
    assert [one.address for one in mail.senders] == ["anna@example.org"]
    assert mail.text == "words"


@pytest.mark.parametrize("length", [0, 8, 511, 512, 600, 1024, 2000])
def test_a_torn_msg_file_is_no_fault(length: int) -> None:
    mail = parse(letter_file()[:length])
    assert Defect.PARSER_FAULT not in mail.defects


@given(st.data())
def test_a_damaged_msg_file_is_no_fault(data: st.DataObject) -> None:
    raw = bytearray(letter_file())
    for _ in range(data.draw(st.integers(1, 20))):
        raw[data.draw(st.integers(8, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert Defect.PARSER_FAULT not in parse(bytes(raw)).defects


@given(st.binary(max_size=400))
def test_any_bytes_as_a_winmail_dat_are_no_fault(content: bytes) -> None:
    coded = base64.encodebytes(b"\x78\x9f\x3e\x22\x01\x00" + content)
    kind = "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
    assert Defect.PARSER_FAULT not in parse((HEAD + kind).encode() + coded).defects


@given(st.binary(max_size=400))
def test_any_bytes_as_rtf_are_some_text(content: bytes) -> None:
    assert isinstance(text_of_rtf(content)[0], str)
    assert isinstance(decompress(COMPRESSED[:12] + b"\x00\x00\x00\x00" + content), bytes)
