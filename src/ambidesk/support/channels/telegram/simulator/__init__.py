"""A Telegram of our own: the Bot API's rules as published, for tests and for the demo."""

from ambidesk.support.channels.telegram.simulator.bot import Person, TelegramSimulator

__all__ = ["Person", "TelegramSimulator"]
