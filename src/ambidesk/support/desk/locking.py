"""Locking, softly: an answer to what is no longer the last word is held back once."""

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.models import Ticket


class SomebodyElseSpoke(Refusal):
    """The talk went on while the answer was written."""

    sentence = _("%(name)s wrote in the meantime. Read it, then send again.")


def require_seen(ticket: Ticket, seen: str, *, only_colleagues: bool = False, by: Actor) -> None:
    """
    Check that the writer has seen the last word of everybody else.

    With `only_colleagues` the requester's own do not count, as in a chat, where both sides type.

    Raises:
        SomebodyElseSpoke: there is a newer message than the one they saw.
    """
    if not seen.isdecimal():
        return
    newer = Message.objects.filter(
        filings__ticket=ticket, filings__withdrawn_at=None, pk__gt=int(seen)
    )
    newer = newer.exclude(author__isnull=False, author=by.user_id)
    if only_colleagues:
        newer = newer.filter(author__isnull=False)
    latest = newer.select_related("author", "sender").order_by("-pk").first()
    if latest:
        writer = latest.author.name if latest.author else latest.sender and latest.sender.name
        raise SomebodyElseSpoke(name=writer or _("Somebody"))
