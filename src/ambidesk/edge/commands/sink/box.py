"""
The box of mails taken: one file each, in the order of arrival, with what a list shows beside it.

A mail is in the box only when its file is complete.
"""

import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from ambidesk.support.channels.mail.parsing.parsed import Address, ParsedMail
from ambidesk.support.channels.mail.parsing.reading import parse

PREVIEW = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """What the list shows of a mail; mails of one `talk` answer the same first mail."""

    id: str
    mail_from: str
    rcpt_to: tuple[str, ...]
    received_at: str
    subject: str
    sender: str = ""
    to: str = ""
    preview: str = ""
    talk: str = ""
    files: int = 0


@dataclass(kw_only=True)
class Box:
    """A directory of mails."""

    directory: Path
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def put(self, raw: bytes, *, mail_from: str, rcpt_to: list[str], at: datetime) -> str:
        """Keep a mail and give its id."""
        envelope = {
            "mail_from": mail_from,
            "rcpt_to": rcpt_to,
            "received_at": at.isoformat(),
            **_told(parse(raw)),
        }
        with self._lock:
            name = f"{self._count() + 1:06}"
            (self.directory / f"{name}.json").write_text(json.dumps(envelope, ensure_ascii=False))
            unfinished = self.directory / f".{name}.eml"
            unfinished.write_bytes(raw)
            unfinished.rename(self.directory / f"{name}.eml")
        return name

    def mails(self) -> list[Mail]:
        """List the mails, the newest first."""
        return [
            self._read(file) for file in sorted(self.directory.glob("[0-9]*.eml"), reverse=True)
        ]

    def talk(self, name: str) -> list[Mail]:
        """List the mails of the talk that a mail belongs to, the oldest first."""
        mails = self.mails()
        talk = next((mail.talk for mail in mails if mail.id == name), "")
        return [mail for mail in reversed(mails) if mail.talk == talk and (talk or mail.id == name)]

    def raw(self, name: str) -> bytes | None:
        """Give a mail as it came, if there is one of that id."""
        if not (name.isascii() and name.isdecimal()):
            return None
        try:
            return (self.directory / f"{name}.eml").read_bytes()
        except FileNotFoundError:
            return None

    def _count(self) -> int:
        return max((int(file.stem) for file in self._files()), default=0)

    def _files(self) -> Iterator[Path]:
        # Whole ones only: the name of one that is being written begins with a dot.
        return self.directory.glob("[0-9]*.eml")

    def _read(self, file: Path) -> Mail:
        known = {each.name for each in fields(Mail)}
        told: dict[str, Any] = json.loads(file.with_suffix(".json").read_text())
        kept = {name: value for name, value in told.items() if name in known}
        return Mail(id=file.stem, **{**kept, "rcpt_to": tuple(told["rcpt_to"])})


def as_object(mail: Mail) -> dict[str, object]:
    """The form in which programs read the list."""
    return asdict(mail) | {"url": f"/{mail.id}.eml"}


def _told(mail: ParsedMail) -> dict[str, object]:
    return {
        "subject": mail.subject,
        "sender": names(mail.senders),
        "to": names(mail.to),
        "preview": " ".join((mail.reply or mail.text).split())[:PREVIEW],
        "talk": next(filter(None, (*mail.references, mail.in_reply_to, mail.message_id)), ""),
        "files": len(mail.attachments),
    }


def names(addresses: tuple[Address, ...]) -> str:
    """Name people, by their address where they have no name."""
    return ", ".join(each.name or each.address for each in addresses)
