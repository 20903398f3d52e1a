"""
The box of mails taken: one file each, in the order of arrival, with its envelope beside it.

A mail is in the box only when its file is complete.
"""

import json
import threading
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """What the list shows of a mail."""

    id: str
    mail_from: str
    rcpt_to: tuple[str, ...]
    received_at: str
    subject: str


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
            "subject": _subject(raw),
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
        return [self._read(file) for file in sorted(self.directory.glob("*.eml"), reverse=True)]

    def raw(self, name: str) -> bytes | None:
        """Give a mail as it came, if there is one of that id."""
        if not name.isdecimal():
            return None
        try:
            return (self.directory / f"{name}.eml").read_bytes()
        except FileNotFoundError:
            return None

    def _count(self) -> int:
        return max((int(file.stem) for file in self.directory.glob("*.eml")), default=0)

    def _read(self, file: Path) -> Mail:
        envelope = json.loads(file.with_suffix(".json").read_text())
        envelope["rcpt_to"] = tuple(envelope["rcpt_to"])
        return Mail(id=file.stem, **envelope)


def _subject(raw: bytes) -> str:
    try:
        return str(message_from_bytes(raw, policy=policy.default)["subject"] or "")
    except (ValueError, LookupError):
        return ""
