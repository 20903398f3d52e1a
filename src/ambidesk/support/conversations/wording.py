"""
Wording: what a message of ours says to its recipient, where that is more than what is kept of it.

Links with secrets in them are made when the message leaves and lie nowhere; wiring binds who does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ambidesk.support.conversations.models import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """
    The words of a message as they leave; `html` is markup of our own.

    At `unsubscribe` its recipient can end messages of this kind, by one click of a mail program.
    """

    text: str
    html: str
    unsubscribe: str = ""


Rewriter = Callable[[Message], Worded | None]
_rewriters: list[Rewriter] = []


def declare(rewriter: Rewriter) -> None:
    """Add one who knows what some messages say beyond what is kept of them."""
    if rewriter not in _rewriters:
        _rewriters.append(rewriter)


def worded(message: Message) -> Worded:
    """The words of a message for its recipient; senders of every channel ask here."""
    # Only what a machine of ours wrote has links that are made at the last moment.
    if message.automatic:
        for rewriter in _rewriters:
            if (found := rewriter(message)) is not None:
                return found
    return Worded(text=message.text, html=message.html)
