"""The registry: every connector of this desk by its kind, declared by wiring at start."""

from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import Final

from ambidesk.support.channels.contract.connector import Connector
from ambidesk.support.channels.contract.manifest import Media

# Connectors of others are found by this group of entry points of installed distributions.
GROUP: Final = "ambidesk.connectors"
_connectors: dict[str, Connector] = {}


def declare(connector: Connector) -> None:
    """Add a connector; the same one twice is the same one."""
    kind = connector.manifest.kind
    if type(_connectors.setdefault(kind, connector)) is not type(connector):
        raise TypeError(f"two connectors are of the kind {kind}")


def installed() -> Iterable[Connector]:
    """Make the connectors that other distributions bring along."""
    for entry in entry_points(group=GROUP):
        yield entry.load()()


def connector_of(kind: str) -> Connector | None:
    """Find the connector of a kind; None for kinds that have ways of their own, such as mail."""
    return _connectors.get(kind)


def every() -> tuple[Connector, ...]:
    """All connectors, in the order of declaration."""
    return tuple(_connectors.values())


def kinds() -> list[str]:
    """The kinds of channels that connectors serve."""
    return list(_connectors)


def talking() -> list[str]:
    """The kinds of channels that carry words, as a telephone does not."""
    return [each.manifest.kind for each in every() if Media.TEXT in each.manifest.takes]
