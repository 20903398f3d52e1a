"""Receivers: a mail server on loopback that takes all it is given, and a ledger of what it took."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ambidesk.edge.commands.starting.ports import free_port

HOST = "127.0.0.1"


@dataclass(slots=True, kw_only=True)
class Receivers:
    """Everybody whom the desk writes to; `answers` counts the answers to each mail by its id."""

    port: int
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        """The relay's address as the desk is told it."""
        return f"smtp://{HOST}:{self.port}"

    async def handle_DATA(  # noqa: N802 aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail and write down which mail it answers; machines' own mail answers none."""
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        head = BytesHeaderParser().parsebytes(raw)
        if head["In-Reply-To"] and not head["Auto-Submitted"]:
            self.answers[str(head["In-Reply-To"]).strip("<> ")] += 1
        return "250 OK"


@contextmanager
def receiving() -> Iterator[Receivers]:
    """Receive mail until the end."""
    # A line for each step of each of so many mails would be all that anybody sees.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    receivers = Receivers(port=free_port(HOST, 22725))
    controller = Controller(receivers, hostname=HOST, port=receivers.port)
    controller.start()
    try:
        yield receivers
    finally:
        controller.stop()
