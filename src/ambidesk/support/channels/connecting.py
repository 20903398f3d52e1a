"""Connecting: a bot is set up by its token: asked who it is, stored, and told where to call."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.channels.access import (
    BrokenAccess,
    Settings,
    access_of,
    connector_for,
    settings_of,
    stored,
)
from ambidesk.support.channels.contract.connector import Access, Connector
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.contract.registry import connector_of
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import Channel, Trouble, Way
from ambidesk.support.conversations.reporting import Health, tell_health


class NoSuchKind(InvalidInput):
    """No connector serves it."""

    sentence = _("This desk has no connector for “%(kind)s”.")


class ValueNeeded(InvalidInput):
    """Something that the messenger gives is missing."""

    sentence = _("Enter what the messenger gave you for this.")


class NotReached(InvalidInput):
    """The messenger does not let us in."""

    sentence = _("The messenger was asked and did not let us in: %(why)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    What a channel is to be; an empty secret means the one that is kept already.

    It is kept for the server that it was given for, and for no other.
    """

    kind: str
    brand: Brand
    team: Team | None
    name: str
    way_in: WayIn
    values: Mapping[str, str] = field(repr=False)


def connect_messenger(
    channel: Channel | None, wanted: Wanted, *, by: Actor, at: datetime
) -> Channel:
    """
    Set up a channel that a connector serves, or change the one given, and begin to listen.

    Raises:
        NoSuchKind, ValueNeeded: something is missing.
        NotReached: the messenger does not know the token, or cannot be reached.
        AddressTaken, BrandOutOfUse, TeamServesOtherBrands: see conversations.connecting.
    """
    connector = connector_of(wanted.kind)
    if connector is None:
        raise NoSuchKind(kind=wanted.kind)
    known = _known(channel)
    new = _settings(wanted, known, connector)
    try:
        profile = connector.probe(_access(new))
    except Failure as failure:
        raise NotReached(why=failure.trouble.label, field=_first_secret(connector)) from failure
    row, secret = stored(new, connector.manifest)
    connection = Connection(
        kind=wanted.kind,
        brand=wanted.brand,
        team=wanted.team,
        name=wanted.name or profile.name,
        address=profile.address,
        settings=row,
        secret=channel.secret if channel and known == new else secret,
    )
    saved = connect(channel, connection, by=by, at=at)
    probe(saved, by=by, at=at)
    return saved


def probe(channel: Channel, *, by: Actor, at: datetime) -> None:
    """Try both ways of a channel for real, have it called again, and tell its health."""
    trouble_out, trouble_in = None, None
    try:
        connector, current = connector_for(channel), settings_of(channel)
        access = access_of(channel, current)
        connector.probe(access)
        trouble_in = _listen(connector, access, current, kind=channel.kind)
    except (BrokenAccess, CannotUnseal):
        trouble_out = trouble_in = Trouble.UNREADABLE
    except Failure as failure:
        trouble_out = trouble_in = failure.trouble
    tell_health(channel, Way.OUT, health=Health(trouble=trouble_out), by=by, at=at)
    tell_health(channel, Way.IN, health=Health(trouble=trouble_in), by=by, at=at)


def hook_url(kind: str, hook: str) -> str:
    """The address at which a messenger calls a channel."""
    return f"{settings.BASE_URL}/hooks/{kind}/{hook}"


def _listen(
    connector: Connector, access: Access, current: Settings, *, kind: str
) -> Trouble | None:
    is_called = current.way_in is WayIn.WEBHOOK
    try:
        connector.listen(access, hook_url(kind, current.hook) if is_called else "")
    except Failure as failure:
        return failure.trouble
    return None


def _settings(wanted: Wanted, known: Settings | None, connector: Connector) -> Settings:
    asked = connector.manifest.settings
    values = {each.name: wanted.values.get(each.name, "").strip() or each.initial for each in asked}
    open_names = [each.name for each in asked if not each.secret]
    if known and any(known.values.get(name, "") != values[name] for name in open_names):
        known = None
    for each in asked:
        if known and each.secret:
            values[each.name] = values[each.name] or known.values.get(each.name, "")
        if each.required and not values[each.name]:
            raise ValueNeeded(field=each.name)
    if known:
        return replace(known, way_in=wanted.way_in, values=values)
    return Settings(way_in=wanted.way_in, values=values)


def _known(channel: Channel | None) -> Settings | None:
    if channel is None:
        return None
    try:
        return settings_of(channel)
    except (BrokenAccess, CannotUnseal):
        # What cannot be read is replaced by what is entered now.
        return None


def _access(current: Settings) -> Access:
    return Access(channel_id=0, address="", values=current.values, hook_secret=current.hook_secret)


def _first_secret(connector: Connector) -> str:
    return next((each.name for each in connector.manifest.settings if each.secret), "")
