"""Connecting: a widget is set up for a brand; its public key is drawn once and stays."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.channels.widget.manner import Manner, normal_origin
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import Channel, ChannelKind

MOST_ORIGINS = 50


class NoSite(InvalidInput):
    """A widget that stands on no site helps nobody."""

    sentence = _("Name at least one site, such as https://shop.example")


class TooManySites(InvalidInput):
    """More sites than anybody has."""

    sentence = _("A widget can stand on 50 sites at most.")


class NoZone(InvalidInput):
    """There is no such time zone."""

    sentence = _("“%(zone)s” is no time zone. It looks like Europe/Moscow.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """What a widget is."""

    brand: Brand
    team: Team | None
    name: str
    manner: Manner


def connect_widget(channel: Channel | None, wanted: Widget, *, by: Actor, at: datetime) -> Channel:
    """
    Set up a widget, or change the one given.

    Raises:
        NoOrigin, NoSite, TooManySites, NoZone: something is mistyped.
        BrandOutOfUse, TeamServesOtherBrands: see conversations.connecting.
    """
    origins = tuple(dict.fromkeys(normal_origin(each) for each in wanted.manner.origins))
    if not origins:
        raise NoSite(field="origins")
    if len(origins) > MOST_ORIGINS:
        raise TooManySites(field="origins")
    try:
        ZoneInfo(wanted.manner.zone)
    except (KeyError, ValueError, OSError) as wrong:
        raise NoZone(field="zone", zone=wanted.manner.zone[:60]) from wrong
    connection = Connection(
        kind=ChannelKind.WIDGET,
        brand=wanted.brand,
        team=wanted.team,
        name=wanted.name or wanted.brand.name,
        address=channel.address if channel else secrets.token_urlsafe(16),
        settings=replace(wanted.manner, origins=origins).stored(),
        secret=channel.secret if channel else "",
    )
    return connect(channel, connection, by=by, at=at)


def widget_of(key: str) -> Channel | None:
    """Find the widget in use that has this public key."""
    found = Channel.objects.filter(kind=ChannelKind.WIDGET, address=key, enabled=True)
    return found.select_related("brand", "team").first()
