"""Typing, on both sides: told to the other one for seconds, and never kept."""

from collections.abc import Mapping
from typing import Final

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.signals import signal
from ambidesk.support.channels.widget.models import Visitor

SECONDS: Final = 7.0
TYPING, QUIET = "typing", "quiet"


def visitor_types(visitor: Visitor, ticket_id: int) -> None:
    """Tell those who look at the ticket that its visitor is typing."""
    name = visitor.identity.name
    ephemeral.put(f"typing:visitor:{ticket_id}", name, seconds=SECONDS)
    signal(f"ticket:{ticket_id}:presence")


def typing_topic(ticket_id: int) -> str:
    """What a visitor listens to: its note says whether somebody answers, so none has to ask."""
    return f"ticket:{ticket_id}:typing"


def visitor_stops(ticket_id: int) -> None:
    """The word is said: nobody types any more."""
    ephemeral.drop(f"typing:visitor:{ticket_id}")


def staff_types(ticket_id: int, *, stops: bool = False) -> None:
    """Tell the visitor of a ticket that somebody answers; said again, it is heard again."""
    key = f"typing:staff:{ticket_id}"
    if stops:
        if ephemeral.drop(key):
            signal(typing_topic(ticket_id), note=QUIET)
        return
    ephemeral.put(key, 1, seconds=SECONDS)
    # Each time: whose stream was just being opened anew has not heard the last one.
    signal(typing_topic(ticket_id), note=TYPING)


def staff_is_typing(ticket_id: int) -> bool:
    """Whether somebody answers right now."""
    return ephemeral.get(f"typing:staff:{ticket_id}") is not None


def typing_visitor(ticket_id: int) -> str:
    """The name of the visitor who is typing on a ticket, "" when nobody is."""
    found: Mapping[str, str] = ephemeral.get_many([f"typing:visitor:{ticket_id}"])
    return next(iter(found.values()), "")
