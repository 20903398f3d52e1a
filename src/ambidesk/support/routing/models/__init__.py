"""Queues and what waits in them; operators and what they hold; choices; the pace of the past."""

from ambidesk.support.routing.models.choice import Choice, Terms
from ambidesk.support.routing.models.hour import Hour
from ambidesk.support.routing.models.operator import (
    AwayBecause,
    Engagement,
    Operator,
    Status,
)
from ambidesk.support.routing.models.place import Place, Rank
from ambidesk.support.routing.models.queue import ChannelWeight, Mode, Need, Queue

__all__ = [
    "AwayBecause",
    "ChannelWeight",
    "Choice",
    "Engagement",
    "Hour",
    "Mode",
    "Need",
    "Operator",
    "Place",
    "Queue",
    "Rank",
    "Status",
    "Terms",
]
