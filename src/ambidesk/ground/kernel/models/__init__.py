"""Problems, and how far each subscriber has read."""

from ambidesk.ground.kernel.models.problem import Problem
from ambidesk.ground.kernel.models.reading import Reading, UnreadEntry
from ambidesk.ground.kernel.models.schedule import ScheduledRun

__all__ = ["Problem", "Reading", "ScheduledRun", "UnreadEntry"]
