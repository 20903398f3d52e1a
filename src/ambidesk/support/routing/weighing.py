"""Weighing: what a talk on a channel weighs, by the settings, else by what comes with the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from ambidesk.support.conversations.models import ChannelKind
from ambidesk.support.routing.models import ChannelWeight


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A weight, and whether it stays while the requester is silent."""

    weight: int = 1
    keeps: bool = False


# A mail waits by itself; who chats sits before a screen.
SLOW = {ChannelKind.EMAIL.value, ChannelKind.HAND.value}


def default_of(kind: str) -> Weighed:
    """Give what a kind of channel weighs before anybody decided."""
    return Weighed(keeps=kind not in SLOW)


def weights() -> Mapping[str, Weighed]:
    """Give what each kind of channel weighs now."""
    found = {kind: default_of(kind) for kind in ChannelKind.values}
    for row in ChannelWeight.objects.all():
        found[row.kind] = Weighed(weight=row.weight, keeps=row.keeps)
    return found
