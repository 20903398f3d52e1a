"""
Ephemeral state: throttles, presence, heartbeats, in UNLOGGED tables over an own connection.

GETs are read-only transactions and processes are many, so neither they nor memory can hold it.
"""

from ambidesk.ground.kernel.ephemeral.connection import close
from ambidesk.ground.kernel.ephemeral.counters import count, count_many
from ambidesk.ground.kernel.ephemeral.presence import (
    enter,
    enter_many,
    leave,
    leave_many,
    present,
    present_among,
)
from ambidesk.ground.kernel.ephemeral.sweeping import sweep
from ambidesk.ground.kernel.ephemeral.values import add, beginning, drop, get, get_many, put

__all__ = [
    "add",
    "beginning",
    "close",
    "count",
    "count_many",
    "drop",
    "enter",
    "enter_many",
    "get",
    "get_many",
    "leave",
    "leave_many",
    "present",
    "present_among",
    "put",
    "sweep",
]
