"""Habits: how a mail channel speaks: under whose name, with which reply address, how fast."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from ambidesk.ground.kernel import parameters
from ambidesk.support.channels.mail.account import BrokenAccount
from ambidesk.support.conversations.models import Channel

KEY = "habits"


class SpeaksAs(StrEnum):
    """Whose name stands before the channel's address."""

    BRAND = "brand"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """
    What an administrator decides for a mail channel beside its access.

    `tokens`: mail to address+anything reaches the mailbox, so that a reply address can carry its
    proof. `per_minute` 0 is no limit. `acknowledgement` "" acknowledges nothing.
    """

    speaks_as: SpeaksAs = SpeaksAs.BRAND
    tokens: bool = True
    per_minute: int = 0
    acknowledgement: str = ""

    def stored(self) -> dict[str, Any]:
        """The form in which they lie in Channel.settings."""
        return asdict(self)


def habits_of(channel: Channel) -> Habits:
    """
    Read the habits of a mail channel.

    Raises:
        BrokenAccount: its settings are not understood.
    """
    try:
        return parameters.read(Habits, channel.settings.get(KEY) or {})
    except parameters.Unfit as unfit:
        raise BrokenAccount(which=str(unfit)) from unfit
