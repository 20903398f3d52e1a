"""A chat beside its ticket: where the visitor is, what they told, how far they have read."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.presence import Presence, presence_of
from ambidesk.support.conversations.models import ChannelKind
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
    presence: Presence
    read_id: int
    is_form: bool = False

    @property
    def there(self) -> str:
        """Whether they are there, in words."""
        return _("Asked by a web form") if self.is_form else presence_words(self.presence)

    @property
    def there_state(self) -> str:
        """Whether they are there, in a word for its colour."""
        return presence_state(self.presence)

    @property
    def place(self) -> str:
        """The page by its title, else by its address."""
        return self.title or self.page


def read_chat(ticket: Ticket) -> Chat | None:
    """Read the visits of whoever asked; None for tickets that are no chats."""
    if not is_chat(ticket):
        return None
    visits = _visits(ticket)
    presence = presence_of(visits)
    if presence is None:
        return None
    last = visits[0]
    return Chat(
        page=last.page,
        title=last.page_title,
        referrer=last.referrer,
        language=last.browser_language,
        email=next((each.email for each in visits if each.email), ""),
        is_proved=last.is_proved,
        presence=presence,
        read_id=max(each.read_id for each in visits),
        is_form=last.channel.kind == ChannelKind.FORM,
    )


def read_presence(ticket: Ticket) -> Presence | None:
    """Whether whoever asked in a chat is there."""
    return presence_of(_visits(ticket))


def presence_words(presence: Presence | None) -> str:
    """Say it in some words; a day that is over is named."""
    if presence is None:
        return ""
    if presence.is_there:
        return _("Here now") if presence.is_in_front else _("Here, in another tab or window")
    since = timezone.localtime(presence.since)
    is_today = since.date() == timezone.localdate()
    shown = date_format(since, "TIME_FORMAT" if is_today else "SHORT_DATETIME_FORMAT")
    return _("Gone since %(time)s") % {"time": shown}


def presence_state(presence: Presence | None) -> str:
    """A word for its colour."""
    if presence is None or not presence.is_there:
        return "gone"
    return "front" if presence.is_in_front else "there"


def _visits(ticket: Ticket) -> list[Visitor]:
    rows = Visitor.objects.filter(identity=ticket.requester_identity).select_related("channel")
    return list(rows.order_by("-seen_at")[:10])


def is_chat(ticket: Ticket) -> bool:
    """Whether it is a visitor who asked."""
    asked = ticket.requester_identity
    return asked is not None and asked.kind == IdentityKind.VISITOR
