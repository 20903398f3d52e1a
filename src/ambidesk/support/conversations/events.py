"""What happened to channels and raw items: ids, enums and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


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
