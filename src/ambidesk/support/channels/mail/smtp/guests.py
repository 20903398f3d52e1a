"""Guests: how many connections, mails and faults each address of the network has left."""

import ipaddress
from collections import Counter
from dataclasses import dataclass
from typing import Final

WINDOW_SECONDS: Final = 60.0
# An IPv6 customer owns a whole network of this width.
_IPV6_PREFIX: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a guest may do, and all of them together; rates are those of a minute."""

    connections: int = 200
    connections_of_one: int = 50
    mails_of_one: int = 30_000
    faults_of_one: int = 60
    mail_bytes: int = 25 * 1024 * 1024
    recipients: int = 100
    hops: int = 100
    commands: int = 50_000
    silence_seconds: float = 300.0


class Guests:
    """Counts in the event loop of one process; forgets with the minute."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._here: Counter[str] = Counter()
        self._mails: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._since = 0.0

    def enter(self, address: str, *, now: float) -> bool:
        """Count a connection in; False when there is no room for it."""
        self._turn(now)
        who = _network(address)
        if (
            self._here.total() >= self._limits.connections
            or self._here[who] >= self._limits.connections_of_one
            or self._faults[who] >= self._limits.faults_of_one
        ):
            return False
        self._here[who] += 1
        return True

    def leave(self, address: str) -> None:
        """Count a connection out."""
        who = _network(address)
        self._here[who] -= 1
        if self._here[who] <= 0:
            del self._here[who]

    def bring(self, address: str, *, now: float) -> bool:
        """Count a mail; False when it is too many."""
        self._turn(now)
        self._mails[_network(address)] += 1
        return self._mails[_network(address)] <= self._limits.mails_of_one

    def err(self, address: str, *, now: float) -> bool:
        """Count a fault; False when it is too many and the guest has to go."""
        self._turn(now)
        self._faults[_network(address)] += 1
        return self._faults[_network(address)] <= self._limits.faults_of_one

    def _turn(self, now: float) -> None:
        if now - self._since >= WINDOW_SECONDS:
            self._since = now
            self._mails.clear()
            self._faults.clear()


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))
    return str(parsed)
