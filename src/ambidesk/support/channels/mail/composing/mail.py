"""
The mail itself: headers and parts put together, in seven bits, every line ended by CRLF.

Seven bits pass every relay unchanged, which a DKIM signature needs.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import PurePosixPath
from typing import Any

from ambidesk.support.channels.mail.composing import headers
from ambidesk.support.channels.mail.composing.headers import Folded
from ambidesk.support.channels.mail.composing.letter import (
    CannotBeWritten,
    File,
    Letter,
    Mailbox,
)
from ambidesk.support.channels.mail.composing.markup import marked_up
from ambidesk.support.channels.mail.composing.words import plain

LONGEST_NAME = 120
MEDIA_TYPE = re.compile(r"(application|audio|font|image|model|text|video)/([a-z0-9][a-z0-9.+-]*)")
FORBIDDEN_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')


class Policy(EmailPolicy):
    """Python's policy, which lets lines pass that we have folded ourselves."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep what is folded as it is."""
        return (
            (name, value) if isinstance(value, Folded) else super().header_store_parse(name, value)
        )

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """Give it as it was put."""
        return value if isinstance(value, Folded) else super().header_fetch_parse(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """Write it as it is."""
        if isinstance(value, Folded):
            return f"{name}: {value}\r\n".encode()
        return super().fold_binary(name, value)


POLICY = Policy(linesep="\r\n", cte_type="7bit", max_line_length=76)


def write(letter: Letter, *, reply_to: Mailbox, at: datetime) -> bytes:
    """
    Write the mail for one recipient, whose answers go to `reply_to`.

    Raises:
        CannotBeWritten: an address, an identifier or a file is not right.
    """
    mail = EmailMessage(policy=POLICY)
    for name, value in _head(letter, reply_to, at):
        if value or name == "Subject":
            mail[name] = value
    mail.set_content(plain(letter))
    mail.add_alternative(marked_up(letter), subtype="html")
    for file in letter.pictures:
        _relate(mail, file)
    for file in letter.files:
        if not file.content_id:
            _attach(mail, file)
    return mail.as_bytes(policy=POLICY)


def _head(letter: Letter, reply_to: Mailbox, at: datetime) -> Iterator[tuple[str, Folded]]:
    if not letter.to or not headers.is_identifier(letter.message_id):
        raise CannotBeWritten("head")
    yield "From", headers.mailboxes([letter.sender])
    yield "Reply-To", headers.mailboxes([reply_to])
    yield "To", headers.mailboxes(letter.to)
    yield "Cc", headers.mailboxes(letter.cc)
    yield "Subject", headers.phrase(_subject(letter), name="Subject")
    yield "Date", Folded(format_datetime(at))
    yield "Message-ID", headers.identifiers([letter.message_id])
    yield "In-Reply-To", headers.identifiers([letter.in_reply_to])
    yield "References", headers.identifiers(letter.references)
    if letter.is_automatic:
        # Source: RFC 3834 5; the second for Exchange, the third for what is older than both.
        yield "Auto-Submitted", Folded("auto-replied" if letter.in_reply_to else "auto-generated")
        yield "X-Auto-Response-Suppress", Folded("All")
        yield "Precedence", Folded("auto_reply")
    if letter.unsubscribe:
        # Source: RFC 2369 3.2; RFC 8058 3.1, which wants HTTPS for the one click.
        yield "List-Unsubscribe", Folded(f"<{headers.straight(letter.unsubscribe)}>")
        if letter.unsubscribe.startswith("https://"):
            yield "List-Unsubscribe-Post", Folded("List-Unsubscribe=One-Click")


def _subject(letter: Letter) -> str:
    subject = headers.straight(letter.subject)
    if letter.is_automatic:
        return subject
    answers = letter.in_reply_to and not re.match(r"(re|ha|отв)\s*:", subject, re.IGNORECASE)
    return f"Re: {subject}" if answers else subject


def _attach(mail: EmailMessage, file: File) -> None:
    maintype, subtype = _type(file)
    mail.add_attachment(
        file.content,
        maintype=maintype,
        subtype=subtype,
        filename=safe_name(file.name),
        # What we call text is UTF-8 (files.content).
        params={"charset": "utf-8"} if maintype == "text" else None,
    )


def _relate(mail: EmailMessage, file: File) -> None:
    if not headers.is_identifier(file.content_id):
        raise CannotBeWritten("file")
    markup = mail.get_body(("html",))
    if not isinstance(markup, EmailMessage):
        raise CannotBeWritten("file")
    maintype, subtype = _type(file)
    markup.add_related(
        file.content,
        maintype=maintype,
        subtype=subtype,
        cid=Folded(f"<{file.content_id}>"),
        filename=safe_name(file.name),
        disposition="inline",
    )


def _type(file: File) -> tuple[str, str]:
    found = MEDIA_TYPE.fullmatch(file.content_type)
    # A message or a multipart as a file would be taken apart by whoever reads it.
    return (found[1], found[2]) if found else ("application", "octet-stream")


def safe_name(name: str) -> str:
    """Make a name that no system takes for a path, with its ending kept."""
    name = FORBIDDEN_IN_NAMES.sub("_", headers.straight(name)).strip(". ")
    ending = PurePosixPath(name).suffix[:20]
    stem = name.removesuffix(ending)[: LONGEST_NAME - len(ending)]
    return f"{stem}{ending}" or "file"
