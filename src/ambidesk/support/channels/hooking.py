"""Hooking: a webhook call is checked, split and committed; only then is it acknowledged."""

from datetime import datetime

from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.support.channels.access import BrokenAccess, access_of, settings_of
from ambidesk.support.channels.contract.inbound import HookCall, Unsigned
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.contract.registry import connector_of
from ambidesk.support.channels.taking import take
from ambidesk.support.conversations.models import Channel, Way
from ambidesk.support.conversations.reporting import Health, tell_health


def take_call(kind: str, hook: str, *, call: HookCall, at: datetime) -> int:
    """
    Commit what a webhook call brings; say how many items are new.

    Raises:
        Unsigned: there is no such address, or the call does not carry its secret.
        Unreadable: it cannot be split into items.
    """
    connector = connector_of(kind)
    channel = Channel.objects.filter(kind=kind, settings__hook=hook, enabled=True).first()
    if connector is None or channel is None or not hook:
        raise Unsigned
    try:
        settings = settings_of(channel)
    except (BrokenAccess, CannotUnseal) as broken:
        raise Unsigned from broken
    if settings.way_in is not WayIn.WEBHOOK or not settings.hook_secret:
        raise Unsigned
    new = take(channel, connector.unpack(call, access_of(channel, settings)), way="webhook", at=at)
    by = Actor(kind=ActorKind.CHANNEL, id=channel.pk)
    tell_health(channel, Way.IN, health=Health(), by=by, at=at)
    return new
