"""Coming: somebody brings a link or a code to a bot; their account joins the person it was for."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.adopting import adopt, verify
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.contract.inbound import Sender
from ambidesk.support.channels.intake.callers import caller_of
from ambidesk.support.channels.linking.models import Link
from ambidesk.support.channels.linking.tokens import find, typed_code
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.answering import Answer, answer

# So many wrong tokens and codes an account may bring in an hour.
GUESSES: Final = 5
TOKEN_LETTERS: Final = 43
HOUR: Final = 3600.0


@transaction.atomic
def come(
    channel: Channel, sender: Sender, *, token: str, by: Actor, at: datetime
) -> Identity | None:
    """
    Join the account to the person whom the token or code was sent to; None when it opens nothing.

    A link of another bot, an old or a used one opens nothing, and neither does the tenth guess.
    """
    is_code = bool(typed_code(token))
    if not is_code and len(token) != TOKEN_LETTERS:
        return None
    if _guesses(channel, sender) > GUESSES:
        return None
    link = find(token)
    if link is None or link.used_at or link.expires_at <= at or link.channel_id != channel.pk:
        return None
    if not sender.is_verified or link.identity.erased_at:
        return None
    identity = adopt(link.identity.person, caller_of(sender), by=by, at=at)
    # They have read what was sent there.
    verify(link.identity, by=by, at=at)
    Link.objects.filter(pk=link.pk).update(used_at=at, used_by=identity)
    _greet(link, identity, by=by, at=at)
    return identity


def _greet(link: Link, identity: Identity, *, by: Actor, at: datetime) -> None:
    """The first word in the new talk is ours: with it the talk is about the ticket."""
    facts = {"number": link.ticket.number, "subject": link.ticket.subject}
    with override(link.ticket.brand.language):
        text = _("You are in the right place: request #%(number)s, “%(subject)s”. Go on here.")
    said = Answer(text=text % facts, to=(identity,), due_at=at, automatic=True)
    try:
        answer(link.ticket, said, by=by, at=at)
    except Refusal:
        # The ticket is over meanwhile: what they write begins another one, as theirs.
        return


def _guesses(channel: Channel, sender: Sender) -> int:
    return ephemeral.count(f"link:{channel.pk}:{sender.value}", seconds=HOUR)
