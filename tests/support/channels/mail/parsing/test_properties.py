"""Properties that hold for every mail, and for everything that is none."""

import re
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.output import as_json
from ambidesk.support.channels.mail.parsing.parsed import MailKind, ParsedMail
from ambidesk.support.channels.mail.parsing.reading import parse
from tests.support.channels.mail.parsing.test_html import ACTIVE, ATTACKS, TAG
from tests.support.channels.mail.parsing.test_invitations import EVENT
from tests.support.channels.mail.parsing.test_originals import ENCLOSED

SEED = f"""\
Return-Path: <anna@example.org>
From: =?utf-8?q?=D0=90?= "x" <anna@example.org>
To: Team: help@polka.example, "Doe, J" <j@example.org>;
Subject: =?koi8-r?B?4c7OwQ==?= Re: lift
Date: Mon, 3 Mar 2025 10:15:00 +0300
Message-ID: <1@example.org>
References: <a@x> <b@x>
Content-Type: multipart/mixed; boundary="cut"; charset*0*=utf-8''%41

--cut
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

Thank you=21 =
It works.

On Mon, Mar 3, 2025 at 10:15 AM Support <s@example.com> wrote:
> Please restart.
--in
Content-Type: text/html

<p>Thank you{ATTACKS[0]}<blockquote type=cite>Please</blockquote>
--in--
--cut
Content-Type: message/delivery-status

Final-Recipient: rfc822; x@example.org
Action: failed
Status: 5.1.1
--cut
Content-Type: text/calendar; method=REQUEST

{EVENT.format(method="REQUEST")}
--cut
{ENCLOSED}
--cut
Content-Type: application/ms-tnef; name*=utf-8''winmail.dat
Content-Transfer-Encoding: base64

eJ8+IgEA
--cut--
begin 644 x
%:&5L;&\\
`
end
""".encode()

PIECES = [
    b"\n",
    b"\r\n",
    b"\n\n",
    b" ",
    b"\x00",
    b"\xff",
    b"--cut",
    b"--in--",
    b"From: ",
    b"Content-Type: multipart/mixed; boundary=cut\n\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Transfer-Encoding: base64\n",
    b"=?utf-8?b?",
    b"?=",
    b'"',
    b"<",
    b">",
    b"(",
    b";",
    b"> ",
    b"On Monday wrote:\n",
    b"<blockquote>",
    b"<div>",
    b"begin 644 a\n",
    b"\x78\x9f\x3e\x22",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "Привет".encode("cp1251"),
    "你好".encode("gb18030"),
    b"\x1b$B",
]
LINES = re.compile(r"[^\n]+")


@st.composite
def mutated(draw: Callable) -> bytes:
    """Give the seed with pieces cut out, put in, doubled and swapped."""
    raw = SEED
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(raw)))
        to = min(len(raw), at + draw(st.integers(0, 60)))
        match draw(st.integers(0, 3)):
            case 0:
                raw = raw[:at] + raw[to:]
            case 1:
                raw = raw[:at] + draw(st.sampled_from(PIECES)) + raw[at:]
            case 2:
                raw = raw[:at] + raw[at:to] * draw(st.integers(2, 5)) + raw[to:]
            case _:
                raw = (
                    raw[:at]
                    + bytes(byte ^ draw(st.integers(0, 255)) for byte in raw[at:to])
                    + raw[to:]
                )
    return raw


def sound(mail: ParsedMail) -> None:
    """Hold what must be so of every mail that was read."""
    assert Defect.PARSER_FAULT not in mail.defects
    assert (mail.bounce is not None) is (mail.kind is MailKind.BOUNCE)
    assert not mail.sender_verified or len(mail.senders) == 1
    assert mail.sender_verified is not any(each.startswith("from-") for each in mail.defects)
    assert not any(ACTIVE.search(tag) for tag in TAG.findall(mail.html))
    assert not any("\x00" in text for text in (mail.text, mail.html, mail.subject, mail.reply))
    assert not any(set("\r\n/\\\x00") & set(one.name) for one in mail.attachments)
    assert not any(
        set(one.address) & set("\r\n\x00") for one in (*mail.senders, *mail.to, *mail.cc)
    )
    assert not set("\r\n") & set(mail.subject)
    assert len(mail.attachments) <= limits.ENCLOSED_FILES
    assert as_json(mail, file="x")["kind"] == mail.kind.value


@given(st.binary(max_size=2_000))
def test_any_bytes_are_some_mail(raw: bytes) -> None:
    sound(parse(raw))


@settings(
    max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(mutated())
def test_any_damaged_mail_is_some_mail(raw: bytes) -> None:
    sound(parse(raw))


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_pile_of_pieces_is_some_mail(pieces: list[bytes]) -> None:
    sound(parse(b"".join(pieces)))


@given(st.integers(0, len(SEED)))
def test_a_mail_cut_off_anywhere_is_some_mail(length: int) -> None:
    sound(parse(SEED[:length]))


@settings(max_examples=200)
@given(st.text(alphabet="ab >\n:-_.,@1", max_size=300))
def test_the_reply_of_a_plain_mail_is_made_of_its_lines(text: str) -> None:
    mail = parse(b"From: a@example.org\n\n" + text.encode())
    of_text = {line.rstrip() for line in LINES.findall(mail.text)} | {""}
    assert set(mail.reply.split("\n")) <= of_text


@given(mutated())
def test_reading_twice_gives_the_same(raw: bytes) -> None:
    assert parse(raw) == parse(raw)
