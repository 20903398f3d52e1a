"""Failures: what stood in the way, and what follows from it for this message and others."""

from datetime import timedelta

from ambidesk.support.conversations.models import Trouble
from ambidesk.support.conversations.models.trouble import OF_CHANNEL


class Failure(Exception):  # noqa: N818 says what happened to the message
    """
    A message was not taken.

    `said` are the other side's words, for operators; `is_final` says that trying again is no use.
    `retry_after` is what the other side asked for; with `is_for_all` it holds for every message of
    the channel. `is_unknown`: it may have arrived all the same.
    """

    def __init__(
        self, trouble: Trouble, *, said: str = "", status: str = "", is_final: bool = False
    ) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.said = said
        self.status = status
        self.is_final = is_final
        self.retry_after: timedelta | None = None
        self.is_for_all = False
        self.is_unknown = False

    @property
    def is_of_channel(self) -> bool:
        """No other message of the channel would fare better."""
        return self.trouble in OF_CHANNEL


def retry_after(seconds: float, *, said: str = "", for_all: bool = True) -> Failure:
    """Make the failure of somebody who asks to wait so long."""
    failure = Failure(Trouble.BUSY, said=said)
    failure.retry_after = timedelta(seconds=max(1.0, seconds))
    failure.is_for_all = for_all
    return failure


def refused(trouble: Trouble, *, said: str = "") -> Failure:
    """Make the failure of a message that will never be taken."""
    return Failure(trouble, said=said, is_final=True)


def unknown(trouble: Trouble, *, said: str = "") -> Failure:
    """Make the failure of a message that may have arrived: nobody said."""
    failure = Failure(trouble, said=said)
    failure.is_unknown = True
    return failure
