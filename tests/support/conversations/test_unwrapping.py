"""An address is found in a raw mail under whatever encoding it travelled."""

import base64
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ambidesk.support.conversations.rules.unwrapping import names_any

ADDRESS = "Anna.Petrova@example.org"
NAMES = [ADDRESS.lower().encode()]


def mail(encoding: str, text: str = f"Пишите мне: {ADDRESS}, спасибо") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "somebody@example.net"
    made["Subject"] = "Hello"
    made.set_content(text, cte=encoding)
    return made


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_an_address_is_found_under_each_transfer_encoding(encoding: str) -> None:
    assert names_any(bytes(mail(encoding)), NAMES)
    assert not names_any(bytes(mail(encoding, "Nobody is named here at all")), NAMES)


def test_an_address_is_found_in_a_mail_within_a_packed_mail() -> None:
    outer = EmailMessage()
    outer.set_content("See below")
    outer.add_attachment(bytes(mail("base64")), maintype="application", subtype="octet-stream")
    assert names_any(bytes(outer), NAMES)


def test_an_address_is_found_in_a_name_of_the_header_and_in_wide_letters() -> None:
    word = base64.b64encode(f"Анна {ADDRESS}".encode())
    assert names_any(b"From: =?utf-8?B?" + word + b"?= <x@example.net>\n\nhi", NAMES)
    wide = base64.encodebytes(ADDRESS.encode("utf-16-le"))
    assert names_any(b"Content-Transfer-Encoding: base64\n\n" + wide, NAMES)


def test_an_address_is_found_where_a_soft_line_end_cuts_it() -> None:
    body = quopri.encodestring(("x" * 60 + ADDRESS).encode())
    assert ADDRESS.encode() not in body
    assert names_any(b"Subject: x\n\n" + body, NAMES)


@given(st.binary(max_size=400))
def test_any_bytes_can_be_looked_through(raw: bytes) -> None:
    names_any(raw, NAMES)


# Its last line holds nothing but the end of the address.
@example(before="000" + "\x80" * 5 + "𐀀" * 5, after="")
@given(before=st.text(max_size=200), after=st.text(max_size=200))
def test_an_address_is_found_wherever_it_stands_in_a_packed_text(before: str, after: str) -> None:
    text = f"{before} {ADDRESS} {after}".encode("utf-8", "ignore")
    assert names_any(b"Subject: x\n\n" + base64.encodebytes(text), NAMES)
