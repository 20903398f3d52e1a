"""
Coming: somebody brings a link or a code to a bot, and is asked whether it was sent to them.

A link can be forwarded: nobody is joined before they have said that it is them.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.meeting import meet
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.callers import caller_of
from ambidesk.support.channels.contract.inbound import Sender
from ambidesk.support.channels.linking.models import Link
from ambidesk.support.channels.linking.tokens import answer_of, find, typed_code
from ambidesk.support.conversations.models import Channel
from ambidesk.support.conversations.remarking import remark

# So many wrong tokens and codes an account may bring in an hour.
GUESSES: Final = 5
TOKEN_LETTERS: Final = 43
HOUR: Final = 3600.0
PREFIX: Final = "link:"
YES, NO = "yes", "no"


@transaction.atomic
def come(channel: Channel, sender: Sender, *, token: str, by: Actor, at: datetime) -> bool:
    """
    Ask whoever brings a token or code whether they are meant; say whether it opened anything.

    A link of another bot, an old or a used one opens nothing, and neither does the tenth guess.
    """
    is_code = bool(typed_code(token))
    if not is_code and len(token) != TOKEN_LETTERS:
        return False
    if _guesses(channel, sender) > GUESSES:
        return False
    link = find(token)
    if link is None or not is_good(link, channel, at=at) or not sender.is_verified:
        return False
    _ask(link, meet(caller_of(sender), by=by, at=at), channel, at=at)
    return True


def is_good(link: Link, channel: Channel, *, at: datetime) -> bool:
    """Say whether a link can still be used with this bot."""
    if link.used_at or link.expires_at <= at or link.channel_id != channel.pk:
        return False
    return link.identity.erased_at is None


def hint_of(link: Link) -> str:
    """A name that only its owner knows again: one letter, and always three dots."""
    name = link.identity.name or link.identity.person.name
    return f"{name[0].upper()}•••" if name and name[0].isalpha() else "•••"


def _ask(link: Link, account: Identity, channel: Channel, *, at: datetime) -> None:
    with override(channel.brand.language):
        facts = {"name": hint_of(link), "brand": channel.brand.name}
        text = _(
            "This link was sent to “%(name)s”, who is talking with %(brand)s. Is that you? "
            "If somebody passed it on to you, choose No: nothing will happen."
        )
        labels = {YES: _("Yes, that is me"), NO: _("No")}
        choices = [
            {"label": label, "value": value_of(link, word, account=account.value), "url": ""}
            for word, label in labels.items()
        ]
        remark(channel, account, text=text % facts, choices=choices, at=at)


def value_of(link: Link, word: str, *, account: str) -> str:
    """What a button carries; it is good in the hands of that account only."""
    return f"{PREFIX}{word}:{link.pk}:{answer_of(link.nonce, account)}"


def _guesses(channel: Channel, sender: Sender) -> int:
    return ephemeral.count(f"link:{channel.pk}:{sender.value}", seconds=HOUR)
