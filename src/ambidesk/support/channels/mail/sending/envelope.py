"""What is handed in for one delivery: the mail, written for its recipient, and both addresses."""

from dataclasses import dataclass, field
from datetime import datetime

from ambidesk.support.channels.mail.addressing import reply_address
from ambidesk.support.channels.mail.composing.gathering import Beside
from ambidesk.support.channels.mail.composing.letter import Letter, Mailbox
from ambidesk.support.channels.mail.composing.mail import write
from ambidesk.support.channels.mail.composing.reading import address_of, letter_of
from ambidesk.support.channels.mail.habits import Habits
from ambidesk.support.conversations.models import Channel, Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A mail with its sender, the sender for relays that know no address+token, its recipient."""

    mail: bytes = field(repr=False)
    sender: str
    plain_sender: str
    recipient: str


class Writer:
    """Writes what one round of a channel hands in; a message to many is gathered once."""

    def __init__(self, channel: Channel, habits: Habits, *, beside: Beside) -> None:
        self._channel = channel
        self._beside = beside
        self._habits = habits
        self._message: int | None = None
        self._letter: Letter | None = None

    def write(self, delivery: Delivery, *, at: datetime) -> Envelope:
        """
        Write the mail of a delivery.

        Raises:
            CannotBeWritten: an address or a file is not right.
        """
        letter = self._letter_of(delivery)
        sender = self._sender(delivery)
        reply_to = Mailbox(name=letter.sender.name, address=sender)
        return Envelope(
            mail=write(letter, reply_to=reply_to, at=at),
            # What comes back proves by the token which mail it is about.
            sender=sender,
            plain_sender=self._channel.address,
            recipient=address_of(delivery.recipient),
        )

    def _sender(self, delivery: Delivery) -> str:
        token = delivery.reply_token if self._habits.tokens else ""
        return reply_address(self._channel, token)

    def _letter_of(self, delivery: Delivery) -> Letter:
        if self._letter is None or self._message != delivery.message_id:
            self._letter = letter_of(delivery.message, channel=self._channel, beside=self._beside)
            self._message = delivery.message_id
        return self._letter
