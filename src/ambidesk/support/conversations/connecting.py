"""Connecting: channels are set up, changed, taken out of use and into it again; never deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.conversations.events import ChannelSetUp, ChannelSwitched
from ambidesk.support.conversations.models import Channel, ChannelKind
from ambidesk.support.conversations.reporting import TOPIC, forget_health


class AddressTaken(InvalidInput):
    """Another channel has the address."""

    sentence = _("Another channel has this address already.")


class TeamServesOtherBrands(InvalidInput):
    """The team would not see what comes in."""

    sentence = _("The team “%(team)s” does not serve the brand “%(brand)s”.")


class BrandOutOfUse(InvalidInput):
    """The brand was archived."""

    sentence = _("The brand “%(brand)s” is out of use.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What a channel is; `settings` and `secret` are written by the connector of its kind."""

    kind: str
    brand: Brand
    team: Team | None
    name: str
    address: str
    settings: Mapping[str, Any]
    secret: str = ""


@transaction.atomic
def connect(channel: Channel | None, wanted: Connection, *, by: Actor, at: datetime) -> Channel:
    """
    Set up a channel, or change the one given.

    Raises:
        AddressTaken: another channel of the kind has the address.
        BrandOutOfUse: the brand was archived.
        TeamServesOtherBrands: the team would not see what comes in.
    """
    _check(wanted)
    row = Channel.objects.select_for_update().get(pk=channel.pk) if channel else Channel()
    row.kind, row.brand, row.team = wanted.kind, wanted.brand, wanted.team
    row.name, row.address = wanted.name.strip()[:80] or wanted.address, wanted.address
    is_other = (row.settings, row.secret) != (wanted.settings, wanted.secret)
    row.settings, row.secret = dict(wanted.settings), wanted.secret
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise AddressTaken(field="address") from taken
    if is_other:
        forget_health(row, at=at)
    event = ChannelSetUp(channel_id=row.pk, brand_id=row.brand_id, team_id=row.team_id)
    journal.record(event, by=by, at=at)
    signal(TOPIC)
    return row


@transaction.atomic
def switch(channel: Channel, *, on: bool, by: Actor, at: datetime) -> None:
    """Take a channel out of use, or into use again; what waits to be sent waits until then."""
    if Channel.objects.filter(pk=channel.pk, enabled=not on).update(enabled=on):
        journal.record(ChannelSwitched(channel_id=channel.pk, enabled=on), by=by, at=at)
        signal(TOPIC)


def _check(wanted: Connection) -> None:
    brand, team = wanted.brand, wanted.team
    if brand.archived_at:
        raise BrandOutOfUse(field="brand", brand=brand.name)
    if team and not team.brands.filter(pk=brand.pk).exists():
        raise TeamServesOtherBrands(field="team", team=team.name, brand=brand.name)


def is_own_mailbox(address: str) -> bool:
    """Say whether an address is one of the desk's own mailboxes: no machine writes there."""
    return Channel.objects.filter(kind=ChannelKind.EMAIL, address=address).exists()
