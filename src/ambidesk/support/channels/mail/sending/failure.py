"""Failures of sending: what stood in the way, and what follows from it for this mail and others."""

from ambidesk.support.conversations.models import Trouble
from ambidesk.support.conversations.models.trouble import OF_CHANNEL
from ambidesk.support.conversations.rules.statuses import meaning, status_in

PERMANENT = 500
# Tried as long as they stand: the administrator mends them, and what waited leaves.
MENDABLE = OF_CHANNEL


class Failure(Exception):  # noqa: N818 says what happened to the mail
    """
    A mail was not taken.

    `said` are the server's words, for operators; `is_final` says that trying again is no use.
    """

    def __init__(
        self, trouble: Trouble, *, said: str = "", status: str = "", is_final: bool = False
    ) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.said = said
        self.status = status
        self.is_final = is_final

    @property
    def is_of_channel(self) -> bool:
        """No other mail of the channel would fare better."""
        return self.trouble in MENDABLE


class ConnectionFailed(Failure):
    """There is no connection, or none any more."""


def answered(reply: int, said: bytes, *, of_recipient: bool = False) -> Failure:
    """Read a server's refusal of a recipient or of the mail itself."""
    words = f"{reply} {said.decode('utf-8', 'replace')}"
    status = status_in(words)
    return Failure(
        meaning(reply=reply, status=status, of_recipient=of_recipient),
        said=words,
        status=status,
        is_final=reply >= PERMANENT,
    )


def sender_refused(reply: int, said: bytes) -> Failure:
    """Read a server's refusal of our sender: the channel's matter, unless the mail is too large."""
    failure = answered(reply, said)
    if failure.trouble is Trouble.TOO_LARGE or not failure.is_final:
        return failure
    return Failure(Trouble.SENDER_REFUSED, said=failure.said, status=failure.status)
