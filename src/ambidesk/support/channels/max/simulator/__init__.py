"""A MAX of our own: the rules of its Bot API as published, for tests and for the demo."""

from ambidesk.support.channels.max.simulator.bot import MaxSimulator, Person

__all__ = ["MaxSimulator", "Person"]
