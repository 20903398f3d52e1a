"""Connecting: an incoming webhook is set up; its address is a secret that nobody guesses."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.sealing import seal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.channels.incoming.mapping import Rules, require_paths
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import Channel

KIND: Final = "incoming"
LEAST_SECRET: Final = 16


class SecretTooShort(InvalidInput):
    """It could be guessed."""

    sentence = _("A secret has at least 16 signs.")


class NothingToRead(InvalidInput):
    """A ticket would say nothing."""

    sentence = _("Say where the subject or the text stands.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What an incoming webhook is; a `secret` of None stays as it is, "" means no signature."""

    brand: Brand
    team: Team | None
    name: str
    rules: Rules
    secret: str | None = None


def connect_source(channel: Channel | None, wanted: Source, *, by: Actor, at: datetime) -> Channel:
    """
    Set up an incoming webhook, or change the one given; its address stays.

    Raises:
        NotAPath, NothingToRead, SecretTooShort: something is mistyped.
        BrandOutOfUse, TeamServesOtherBrands: see conversations.connecting.
    """
    require_paths(wanted.rules)
    if not (wanted.rules.subject or wanted.rules.text):
        raise NothingToRead(field="subject")
    if wanted.secret and len(wanted.secret) < LEAST_SECRET:
        raise SecretTooShort(field="secret")
    kept = channel.secret if channel else ""
    connection = Connection(
        kind=KIND,
        brand=wanted.brand,
        team=wanted.team,
        name=wanted.name,
        address=channel.address if channel else secrets.token_urlsafe(32),
        settings=wanted.rules.stored(),
        secret=kept if wanted.secret is None else seal(wanted.secret) if wanted.secret else "",
    )
    return connect(channel, connection, by=by, at=at)
