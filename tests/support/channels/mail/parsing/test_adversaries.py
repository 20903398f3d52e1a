"""Adversaries: mails made to cost much; each is read in the time of any other."""

import base64
import re
import time

import pytest

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.reading import parse

HEAD = b"From: anna@example.org\nTo: b@example.org\nSubject: x\n"
TEXT = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\n\n"
DAEMON = b"From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n\n"
MEGA = 1_000_000
SECONDS = 6.0


def multipart(inside: bytes, *, kind: bytes = b"mixed") -> bytes:
    return HEAD + b"Content-Type: multipart/" + kind + b"; boundary=cut\n\n" + inside


MAILS = {
    "16,000 parameters": HEAD + b"Content-Type: text/plain" + b"; a=b" * 16_000 + b"\n\nwords",
    "16,000 continuations": HEAD
    + b"Content-Type: text/plain"
    + b"".join(b"; name*%d=x" % n for n in range(16_000))
    + b"\n\nwords",
    "parameters of quotes": HEAD
    + b'Content-Type: text/plain; name="'
    + b'\\"' * MEGA
    + b"\n\nwords",
    "parameters of spaces": HEAD + b"Content-Type: text/plain;" + b" \t" * MEGA + b"=x\n\nwords",
    "3,000 nested multiparts": HEAD
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    ),
    "3,000 nested multiparts of one boundary": HEAD
    + b"Content-Type: multipart/mixed; boundary=cut\n\n--cut\n" * 3_000,
    "300,000 parts": multipart(b"--cut\n\nx\n" * 300_000),
    "300,000 likely boundaries": multipart(
        b"--%d\nContent-Type: text/plain\n\n" % 1 * 100_000
    ).replace(b"boundary=cut", b"boundary=other"),
    "nested rfc822": (HEAD + b"Content-Type: message/rfc822\n\n") * 3_000,
    "a million headers": b"".join(b"X-%d: y\n" % n for n in range(300_000)) + b"\nwords",
    "a header of a megabyte": b"Subject: " + b"x" * MEGA + b"\n\nwords",
    "a folded header of a megabyte": b"Subject: x\n" + b" y\n" * MEGA + b"\nwords",
    "headers of carriage returns": b"\r" * MEGA + b"\nwords",
    "lines of white space": HEAD + b" \n" * MEGA,
    "a megabyte of colons": b":" * MEGA + b"\n\nwords",
    "encoded words without end": b"Subject: " + b"=?utf-8?q?" * 3_000 + b"\n\nwords",
    "encoded words of question marks": b"Subject: =?utf-8?q?" + b"?" * 30_000 + b"\n\nwords",
    "encoded words of one letter": b"Subject: " + b"=?utf-8?q?a?= " * 2_300 + b"\n\nwords",
    "a From of brackets": b"From: " + b"<" * 30_000 + b"\n\nwords",
    "a From of comments": b"From: " + b"(" * 30_000 + b"\n\nwords",
    "a From of quotes": b'From: "' + b'\\"' * 15_000 + b"\n\nwords",
    "a From of commas": b"From: " + b"a@b.example," * 2_700 + b"\n\nwords",
    "a To of names": b"To: " + b"a <b@c.example> " * 2_000 + b"\n\nwords",
    "a To of words": b"To: " + b"a " * 16_000 + b"\n\nwords",
    "a To of at signs": b"To: " + b"@" * 30_000 + b"\n\nwords",
    "a To of routes": b"To: <" + b"@a," * 10_000 + b"\n\nwords",
    "References of brackets": b"References: " + b"<" * 30_000 + b"\n\nwords",
    "References of comments": b"References: " + b"(" * 30_000 + b"\n\nwords",
    "a Date of brackets": b"Date: " + b"(" * 30_000 + b"\n\nwords",
    "a Date of spaces": b"Date: " + b" :" * 15_000 + b"\n\nwords",
    "deep html": HTML + b"<div>" * 300_000,
    "deep tables": HTML + b"<table><tr><td>" * 100_000,
    "deep spans of text": HTML + b"<span>x" * 300_000,
    "deep formatting": HTML + b"<b><i><u><a>" * 50_000,
    "misnested formatting": HTML + b"<b><p><i></b></p></i>" * 50_000,
    "html of open tags": HTML + b"<" * MEGA,
    "html of open attributes": HTML + b"<a b='" * 200_000,
    "html of attributes": HTML + b"<p " + b"a=b " * 300_000 + b">words",
    "html of styles": HTML + b'<p style="' + b"color:red;" * 100_000 + b'">words',
    "html of hidden styles": HTML + b'<p style="display' + b" " * MEGA + b'x">words',
    "html of margins": HTML + b'<p style="' + b"margin " * 200_000 + b'">words',
    "html of comments": HTML + b"<!--" * 200_000,
    "html of entities": HTML + b"&amp;" * 300_000,
    "html of breaks": HTML + b"<br>" * 300_000,
    "html of quotes": HTML + b"<blockquote>x" * 1_900,
    "html of meta": HEAD + b"Content-Type: text/html\n\n" + b"<meta " * 100_000,
    "text of quotes": TEXT + b"> " * MEGA,
    "lines of quotes": TEXT + b"> x\n" * 300_000,
    "lines of attributions": TEXT
    + b"On Mon, Mar 3, 2025 at 10:15 AM a@b.example wrote:\n" * 20_000,
    "lines of headings": TEXT + b"From: a\nSent: b\nTo: c\nSubject: d\n" * 10_000,
    "lines of starts": TEXT + b"On 3 Mar 2025\n" * 50_000,
    "lines of rules": TEXT + b"-----\n" * 100_000,
    "a line of rules": TEXT + b"-" * MEGA + b"x",
    "a line of spaced rules": TEXT + b"- " * MEGA + b"x",
    "lines of delimiters": TEXT + b"--\n" * 200_000,
    "lines of devices": TEXT + b"Sent from my iPhone\n" * 50_000,
    "lines of contacts": TEXT + b"Tel. +7 900 123-45-67 a@b.example www.example.com\n" * 20_000,
    "a line of digits": TEXT + b"1 " * MEGA,
    "a line of dots": TEXT + b"a." * MEGA,
    "a line of at signs": TEXT + b"a@" * MEGA,
    "a line of addresses": TEXT + b"a@b." * MEGA,
    "a line of words": TEXT + b"wrote " * 300_000 + b":",
    "a line of brackets": TEXT + b"<" * MEGA,
    "a line of colons": TEXT + b"From: " * 100_000,
    "a line of letters": TEXT + b"a" * 2 * MEGA,
    "blank lines": TEXT + b"\n" * 2 * MEGA,
    "lines of tabs": TEXT + b"\t\n" * MEGA,
    "flowed lines": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"x \n" * 300_000,
    "begin without end": TEXT + b"begin 644 x\n" * 100_000,
    "begin with end": TEXT + b"begin 644 x\n`\nend\n" * 50_000,
    "a bounce of addresses": DAEMON + b"a@b.example " * 100_000,
    "a bounce of lines": DAEMON + b"could not be delivered to\n" * 50_000,
    "a bounce of labels": DAEMON + b"recipient: " * 100_000,
    "a bounce of dots": DAEMON + b"could not be delivered\n\n" + b"." * MEGA,
    "a bounce of one word": DAEMON + b"could not be delivered\n\n" + b"a" * MEGA + b"@",
    "a bounce of stars": DAEMON + b"could not be delivered\n\n" + b"*" * MEGA,
    "a bounce of returns": DAEMON + b"could not be delivered\n\n" + b"your message " * 100_000,
    "a bounce of introductions": DAEMON + b"could not be delivered\n\n" + b"recipients " * 100_000,
    "a report of blocks": multipart(
        b"--cut\nContent-Type: message/delivery-status\n\n"
        + b"Final-Recipient: rfc822;x@y.example\n\n" * 50_000,
        kind=b"report",
    ),
    "a report of blank lines": multipart(
        b"--cut\nContent-Type: message/delivery-status\n\n" + b"\n \n\t" * 300_000, kind=b"report"
    ),
    "a calendar of lines": HEAD
    + b"Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VEVENT\n"
    + b'A;B="c";D:e\n' * 50_000,
    "a calendar of quotes": HEAD
    + b"Content-Type: text/calendar; method=REQUEST\n\nA;"
    + b'"' * 400_000,
    "base64 of lines": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"YQ==\n" * 200_000,
    "base64 of padding": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"=" * MEGA,
    "base64 of noise": HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"YQ!" * 300_000,
    "quoted-printable of equals": HEAD
    + b"Content-Transfer-Encoding: quoted-printable\n\n"
    + b"=" * MEGA,
    "quoted-printable of spaces": HEAD
    + b"Content-Transfer-Encoding: quoted-printable\n\n"
    + b" " * MEGA
    + b"x",
    "escapes": HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + b"\x1b$B" * 300_000,
    "utf-7": HEAD + b"Content-Type: text/plain; charset=utf-7\n\n" + b"+AGE-" * 200_000,
    "hz": HEAD + b"Content-Type: text/plain; charset=hz\n\n" + b"~{" * 300_000,
    "high bytes": HEAD + b"\n" + bytes(range(128, 256)) * 8_000,
    "a winmail.dat of properties": multipart(
        b"--cut\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(
            b"\x78\x9f\x3e\x22\x01\x00"
            + b"\x01\x03\x90\x06\x00\x04\x00\x00\x00\xff\xff\xff\xff\x00\x00" * 60_000
        )
    ),
    "an Outlook file of one sector": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * MEGA,
    "noughts": b"\x00" * 5 * MEGA,
    "five megabytes of nothing": b"\n" * 5 * MEGA,
}


@pytest.mark.usefixtures("cleared")
@pytest.mark.parametrize("what", MAILS)
def test_a_mail_made_to_cost_much_costs_little(what: str) -> None:
    began = time.process_time()
    mail = parse(MAILS[what])
    assert time.process_time() - began < SECONDS
    assert Defect.PARSER_FAULT not in mail.defects


@pytest.mark.usefixtures("cleared")
def test_twice_the_text_takes_about_twice_the_time() -> None:
    """A quadratic step shows where the whole still fits into the limits."""

    def taken(size: int) -> float:
        raw = TEXT + re.sub(
            rb"\d", b"7", b"Some words, and <more> of them: 12 (x@y.example).\n" * size
        )
        began = time.process_time()
        parse(raw)
        return time.process_time() - began

    taken(100)
    once = min(taken(1_500) for _ in range(3))
    twice = min(taken(3_000) for _ in range(3))
    assert twice < 3.5 * once + 0.05
