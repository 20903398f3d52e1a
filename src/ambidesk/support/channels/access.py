"""Access: the settings of a channel as its connector reads them; secrets lie sealed."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.support.channels.contract.connector import Access, Connector
from ambidesk.support.channels.contract.manifest import Manifest, WayIn
from ambidesk.support.channels.contract.registry import connector_of
from ambidesk.support.conversations.models import Channel


class BrokenAccess(Refusal):
    """What is stored of the channel cannot be understood."""

    sentence = _("The settings of this channel cannot be read. Enter them again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    What lies in a channel's row.

    `hook` is the random part of its webhook's address, `hook_secret` what each call has to show.
    """

    way_in: WayIn
    values: Mapping[str, str] = field(repr=False)
    hook: str = field(default_factory=lambda: secrets.token_hex(16))
    hook_secret: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)


def settings_of(channel: Channel) -> Settings:
    """
    Read the settings of a channel.

    Raises:
        BrokenAccess: they are not understood.
        CannotUnseal: its secrets were sealed with another key.
    """
    hidden = json.loads(unseal(channel.secret) or "{}")
    try:
        values = {**channel.settings["values"], **hidden["values"]}
        return Settings(
            way_in=WayIn(channel.settings["way_in"]),
            values={str(name): str(value) for name, value in values.items()},
            hook=str(channel.settings["hook"]),
            hook_secret=str(hidden["hook_secret"]),
        )
    except (KeyError, TypeError, ValueError) as broken:
        raise BrokenAccess from broken


def stored(settings: Settings, manifest: Manifest) -> tuple[dict[str, Any], str]:
    """Give what lies in Channel.settings, and what lies sealed in Channel.secret."""
    hidden = {each.name for each in manifest.settings if each.secret}
    shown = {name: value for name, value in settings.values.items() if name not in hidden}
    kept = {name: value for name, value in settings.values.items() if name in hidden}
    row = {"way_in": settings.way_in.value, "values": shown, "hook": settings.hook}
    return row, seal(json.dumps({"values": kept, "hook_secret": settings.hook_secret}))


def access_of(channel: Channel, settings: Settings | None = None) -> Access:
    """
    Give a channel as its connector sees it.

    Raises:
        BrokenAccess, CannotUnseal: what is stored cannot be read.
    """
    settings = settings or settings_of(channel)
    return Access(
        channel_id=channel.pk,
        address=channel.address,
        values=settings.values,
        hook_secret=settings.hook_secret,
    )


def connector_for(channel: Channel) -> Connector:
    """
    Give the connector that serves a channel.

    Raises:
        BrokenAccess: this desk has none of its kind.
    """
    connector = connector_of(channel.kind)
    if connector is None:
        raise BrokenAccess
    return connector
