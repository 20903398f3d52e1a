"""Receivers: a mail server where the answers arrive, and visitors who read theirs in the widget."""

import json
import logging
import re
import threading
from email import message_from_bytes, policy
from http.client import HTTPConnection
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ambidesk.edge.commands.gauging.peak.ledgers import Ledger, lines_of

ANSWERED = re.compile(r"An answer to (\S+)\.")


class _Taking:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Note for whom it came and whom its words are for."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        body = message_from_bytes(content, policy=policy.default).get_body(("plain",))
        said = ANSWERED.search(" ".join(body.get_content().split()) if body else "")
        for whom in envelope.rcpt_tos:
            self._ledger.note(whom, said.group(1) if said else "-")
        return "250 taken"


def take_mail(*, place: Path, port: int) -> None:
    """Take mails until the process ends."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    with Ledger(place, "received-mail") as ledger:
        Controller(_Taking(ledger), hostname="127.0.0.1", port=port).start()
        threading.Event().wait()


def read_chats(*, place: Path, number: int, port: int, widget: str, origin: str) -> None:
    """Read each talk as its visitor does, and note each answer in it."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    with Ledger(place, f"received-chat{number}") as ledger:
        for whom, _key, token in lines_of(place, f"chat{number}"):
            headers = {"Origin": origin, "Authorization": f"Visitor {token}"}
            line.request("GET", f"/widget/{widget}/talk", headers=headers)
            told = json.loads(line.getresponse().read())
            for said in told.get("messages", []):
                found = ANSWERED.search(said["text"]) if not said["mine"] else None
                if found:
                    ledger.note(whom, found.group(1))
