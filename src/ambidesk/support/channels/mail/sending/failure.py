"""Failures of sending: what stood in the way, and what follows from it for this mail and others."""

from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.conversations.models import Trouble
from ambidesk.support.conversations.rules.statuses import meaning, status_in

PERMANENT = 500


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
