"""The connectors of this desk: those of the product, and those that others installed."""

from ambidesk.support.channels.contract import registry
from ambidesk.support.channels.max.connector import Max
from ambidesk.support.channels.telegram.connector import Telegram

CONNECTORS = (Telegram(), Max())


def join() -> None:
    """Declare every connector; joining twice is joining once."""
    for connector in CONNECTORS:
        registry.declare(connector)
    for installed in registry.installed():
        registry.declare(installed)
