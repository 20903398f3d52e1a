"""Connecting: a web form is set up for a brand; its address is a word that people can read."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.preparing import prepared
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.widget.connecting import MOST_ORIGINS, TooManySites
from ambidesk.support.channels.widget.manner import normal_origin
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import Channel, ChannelKind

ADDRESS = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")


class NotAnAddress(InvalidInput):
    """Nobody could type it."""

    sentence = _("Use small latin letters, digits and hyphens, such as repair-request.")


class NoTitle(InvalidInput):
    """Nobody knows what it is for."""

    sentence = _("Give the form a title, in one language at least.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebForm:
    """What a web form is."""

    brand: Brand
    team: Team | None
    request_type: RequestType | None
    name: str
    address: str
    manner: FormManner


def connect_form(channel: Channel | None, wanted: WebForm, *, by: Actor, at: datetime) -> Channel:
    """
    Set up a web form, or change the one given.

    Raises:
        NotAnAddress, NoTitle, NoOrigin, TooManySites: something is mistyped.
        AddressTaken, BrandOutOfUse, TeamServesOtherBrands: see conversations.connecting.
    """
    address = wanted.address.strip().lower()
    if not ADDRESS.fullmatch(address):
        raise NotAnAddress(field="address")
    if not any(each.strip() for each in wanted.manner.title.values()):
        raise NoTitle(field="title_en")
    origins = tuple(dict.fromkeys(normal_origin(each) for each in wanted.manner.origins))
    if len(origins) > MOST_ORIGINS:
        raise TooManySites(field="origins")
    kind = wanted.request_type.pk if wanted.request_type else 0
    connection = Connection(
        kind=ChannelKind.FORM,
        brand=wanted.brand,
        team=wanted.team,
        name=wanted.name or address,
        address=address,
        settings=replace(wanted.manner, origins=origins, request_type=kind).stored(),
    )
    return connect(channel, connection, by=by, at=at)


def form_at(address: str) -> Channel | None:
    """Find the web form in use that has this address."""
    if not ADDRESS.fullmatch(address):
        return None
    found: list[Channel] = prepared(
        "webform",
        lambda slots: Channel.objects.filter(
            kind=ChannelKind.FORM, address=slots["address"], enabled=True
        ).select_related("brand", "team"),
        address=address,
    )
    return found[0] if found else None


def type_of(channel: Channel) -> RequestType | None:
    """The request type whose questions a form asks."""
    key = FormManner.read(channel.settings).request_type
    return RequestType.objects.filter(pk=key, archived_at=None).first() if key else None
