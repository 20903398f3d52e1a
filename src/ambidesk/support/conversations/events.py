"""What happened to channels and raw items: ids, enums and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.support.conversations.models import ChannelHealth, Trouble, Way

CHANNEL = ("channel", "channel_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReplayed(Event):
    """A raw item left the quarantine and is tried again."""

    kind: ClassVar[str] = "conversations.item_replayed"
    subject: ClassVar[tuple[str, str]] = ("intake_item", "item_id")

    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDiscarded(Event):
    """Somebody decided that a raw item in quarantine is not wanted."""

    kind: ClassVar[str] = "conversations.item_discarded"
    subject: ClassVar[tuple[str, str]] = ("intake_item", "item_id")

    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSetUp(Event):
    """A channel was set up or changed."""

    kind: ClassVar[str] = "conversations.channel_set_up"
    subject: ClassVar[tuple[str, str]] = CHANNEL

    channel_id: int
    brand_id: int
    team_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSwitched(Event):
    """A channel was taken out of use, or into use again."""

    kind: ClassVar[str] = "conversations.channel_switched"
    subject: ClassVar[tuple[str, str]] = CHANNEL

    channel_id: int
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealthChanged(Event):
    """One way of a channel began to work, or to fail."""

    kind: ClassVar[str] = "conversations.channel_health_changed"
    subject: ClassVar[tuple[str, str]] = CHANNEL

    channel_id: int
    way: Way
    health: ChannelHealth
    trouble: Trouble | None
