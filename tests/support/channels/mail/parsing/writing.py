"""Mails written for the tests, as bytes."""

from ambidesk.support.channels.mail.parsing.parsed import ParsedMail
from ambidesk.support.channels.mail.parsing.reading import parse

HEAD = "From: Anna <anna@example.org>\nTo: help@polka.example\nSubject: A question\n"


def read(text: str) -> ParsedMail:
    """Read a mail written down as text, in UTF-8."""
    return parse(text.encode("utf-8", "surrogateescape"))


def letter(text: str, *headers: str, charset: str = "utf-8") -> ParsedMail:
    """Read a plain mail that says this."""
    head = "".join(f"{line}\n" for line in headers)
    kind = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n"
    return parse((HEAD + head + kind + "\n").encode() + text.encode(charset))


def page(html: str, text: str = "") -> ParsedMail:
    """Read a mail that says this in HTML, and in plain text too if that is given."""
    if not text:
        return read(f"{HEAD}Content-Type: text/html; charset=utf-8\n\n{html}")
    return read(
        f"{HEAD}Content-Type: multipart/alternative; boundary=alt\n\n"
        f"--alt\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
        f"--alt\nContent-Type: text/html; charset=utf-8\n\n{html}\n--alt--\n"
    )


def parts(*pieces: str, kind: str = "mixed") -> ParsedMail:
    """Read a multipart of these parts, each with its own headers."""
    body = "".join(f"--cut\n{piece}\n" for piece in pieces)
    return read(f"{HEAD}Content-Type: multipart/{kind}; boundary=cut\n\n{body}--cut--\n")


def headers(*lines: str) -> ParsedMail:
    """Read a mail that has these headers and nothing else to say."""
    return read("\n".join(lines) + "\n\nwords\n")
