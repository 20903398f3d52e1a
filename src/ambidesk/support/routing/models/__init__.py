"""Queues and what waits in them; operators, what they hold and are offered; choices; the pace."""

from ambidesk.support.routing.models.choice import Choice, Terms
from ambidesk.support.routing.models.hour import Hour
from ambidesk.support.routing.models.offer import Offer
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
    "Offer",
    "Operator",
    "Place",
    "Queue",
    "Rank",
    "Status",
    "Terms",
]
