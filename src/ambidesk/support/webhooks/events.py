"""What happened to webhooks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


class WebhookChange(StrEnum):
    """What was done to a webhook."""

    SET_UP = "set_up"
    ROTATED = "rotated"
    SWITCHED_ON = "switched_on"
    SWITCHED_OFF = "switched_off"
    REPLAYED = "replayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChanged(Event):
    """Somebody changed a webhook."""

    kind: ClassVar[str] = "webhooks.changed"
    subject: ClassVar[tuple[str, str]] = ("webhook", "webhook_id")

    webhook_id: int
    change: WebhookChange
