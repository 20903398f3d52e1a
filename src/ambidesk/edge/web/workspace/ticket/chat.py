"""A chat beside its ticket: where the visitor is, what they told, how far they have read."""

from dataclasses import dataclass
from datetime import datetime

from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """
    The visitor of a ticket; all but `is_proved` is what their browser tells.

    `read_id` is the newest message of ours that they have looked at.
    """

    page: str
    title: str
    referrer: str
    language: str
    email: str
    is_proved: bool
    seen_at: datetime
    read_id: int

    @property
    def place(self) -> str:
        """The page by its title, else by its address."""
        return self.title or self.page


def read_chat(ticket: Ticket) -> Chat | None:
    """Read the visits of whoever asked; None for tickets that are no chats."""
    if not is_chat(ticket):
        return None
    visits = list(
        Visitor.objects.filter(identity=ticket.requester_identity).order_by("-seen_at")[:10]
    )
    if not visits:
        return None
    last = visits[0]
    return Chat(
        page=last.page,
        title=last.page_title,
        referrer=last.referrer,
        language=last.browser_language,
        email=next((each.email for each in visits if each.email), ""),
        is_proved=last.is_proved,
        seen_at=last.seen_at,
        read_id=max(each.read_id for each in visits),
    )


def is_chat(ticket: Ticket) -> bool:
    """Whether it is a visitor who asked."""
    asked = ticket.requester_identity
    return asked is not None and asked.kind == IdentityKind.VISITOR
