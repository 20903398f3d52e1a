"""Senders: mails are handed in over SMTP, chats said in the widget; noted once they are on disk."""

import smtplib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from uuid import UUID, uuid4

from django.db import transaction

from ambidesk.edge.commands.gauging.mails import mail_of, sender_of
from ambidesk.edge.commands.gauging.peak.ledgers import Ledger
from ambidesk.support.channels.widget.speaking import Said, say
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.conversations.models import Channel

AT_ONCE = 50
AGAIN_SECONDS = 0.5


def mail(*, place: Path, number: int, amount: int, port: int) -> None:
    """Hand in so many mails; one that is not acknowledged is handed in again."""
    line: smtplib.SMTP | None = None
    with Ledger(place, f"mail{number}") as ledger:
        serial = 0
        while serial < amount:
            try:
                line = line or smtplib.SMTP("127.0.0.1", port, timeout=60)
                one = mail_of(number, serial)
                line.sendmail(f"c{number}@example.org", ["help@one.example"], one)
            except (OSError, smtplib.SMTPException):
                line = None
                sleep(AGAIN_SECONDS)
                continue
            ledger.note(sender_of(number, serial), f"{number}.{serial}@example.org")
            serial += 1


def chat(*, place: Path, number: int, amount: int, channel: int) -> None:
    """Let so many visitors begin a talk."""
    widget = Channel.objects.select_related("brand", "team").get(pk=channel)
    with Ledger(place, f"chat{number}") as ledger:
        for first in range(0, amount, AT_ONCE):
            for line in _many(widget, min(AT_ONCE, amount - first)):
                ledger.note(*line)


@transaction.atomic
def _many(widget: Channel, amount: int) -> Sequence[tuple[str, UUID, str]]:
    """Several a commit: nobody here waits for each to be on disk."""
    told = []
    for _each in range(amount):
        at, key = datetime.now(UTC), uuid4()
        visitor, token = begin(widget, Guest(), at=at)
        say(visitor, Said(key=key, text="Where is my parcel? It is late."), at=at)
        told.append((visitor.identity.value, key, token))
    return told
