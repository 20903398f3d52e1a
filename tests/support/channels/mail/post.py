"""Post for tests: mails are written, handed in as a server hands them in, and taken in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count
from pathlib import Path

from ambidesk.support.channels.mail.arriving import handed_in
from ambidesk.support.channels.mail.intake.lane import Intake
from ambidesk.support.channels.mail.parser_process import ParserProcess
from ambidesk.support.conversations.models import Channel, Delivery, IntakeItem, Message
from ambidesk.support.conversations.taking import take_many
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

_numbers = count(1)


def letter(
    text: str = "Where is my parcel?",
    *,
    sender: str = "Anna Petrova <anna@example.org>",
    to: str = "help@polka.example",
    subject: str = "Parcel",
    message_id: str | None = None,
    **headers: str,
) -> bytes:
    """Write a mail; further headers by name, with underscores for hyphens."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{message_id or f'post{next(_numbers)}@example.org'}>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@dataclass(frozen=True, kw_only=True)
class PostOffice:
    """Hands mails in and has the intake take them."""

    cast: Cast
    parser: ParserProcess = field(repr=False)
    files: Path

    def hand_in(
        self, *raws: bytes, channel: Channel | None = None, recipients: Sequence[str] = ()
    ) -> None:
        """Bring mails to the desk, which has not looked at them yet."""
        channel = channel or self.cast.shop_mail
        envelope = {"recipients": list(recipients)}
        now = datetime.now(UTC)
        take_many([handed_in(raw, channel, envelope=envelope, at=now) for raw in raws])

    def take_in(self) -> None:
        """Have the intake work until nothing waits."""
        intake = Intake(self.parser)
        while intake.run_once():
            pass

    def deliver(
        self, *raws: bytes, channel: Channel | None = None, recipients: Sequence[str] = ()
    ) -> None:
        """Bring mails and have them taken in."""
        self.hand_in(*raws, channel=channel, recipients=recipients)
        self.take_in()

    def ticket(self, raw: bytes | None = None) -> Ticket:
        """Have a mail, of Anna if not said otherwise, become a ticket."""
        self.deliver(raw or letter())
        return Ticket.objects.latest("pk")

    def answer(self, ticket: Ticket) -> Message:
        """Have Olga answer the requester."""
        assert ticket.requester_identity
        said = Answer(text="On its way.", to=(ticket.requester_identity,), due_at=self.cast.at)
        return answer(ticket, said, by=self.cast.actor(self.cast.olga), at=datetime.now(UTC))


def token_of(message: Message) -> str:
    """The reply token that the recipient of an answer got."""
    return Delivery.objects.get(message=message).reply_token


def last_item() -> IntakeItem:
    return IntakeItem.objects.latest("pk")
