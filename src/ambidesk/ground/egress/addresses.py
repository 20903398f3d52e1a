"""
Addresses: where a name leads, looked up once; only what is in the public internet may be called.

Hosts that the configuration names are called wherever they are: a relay of one's own, a test.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

MOST_ADDRESSES = 4
# IPv4 behind IPv6: the last four bytes are the address. RFC 6052; the other is local, RFC 8215.
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
TRANSLATED_HERE = ipaddress.IPv6Network("64:ff9b:1::/48")


class Forbidden(OSError):  # noqa: N818 says what the address is
    """The address is none that may be called: not https, not public, or none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A host as it was named, and the addresses behind it that may be called."""

    host: str
    port: int
    is_secure: bool
    addresses: tuple[str, ...]
    path: str


def place_of(url: str, *, named: frozenset[str] | None = None) -> Place:
    """
    Look up where an address leads; `named` hosts, by default the desk's own list, may be anywhere.

    Raises:
        Forbidden: it may not be called.
        OSError: there is no such name.
    """
    parts = _split(url)
    host = parts.hostname or ""
    is_named = host in (settings.EGRESS_HOSTS if named is None else named)
    if parts.scheme not in {"https", "http"} or parts.username or not host:
        raise Forbidden("not an address of the web")
    if parts.scheme == "http" and not is_named:
        raise Forbidden("not encrypted")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as wrong:
        raise Forbidden("no name of a host") from wrong
    every = dict.fromkeys(str(place[0]) for *_kind, place in found)
    allowed = [each for each in every if is_named or is_public(each)]
    if not allowed:
        raise Forbidden("not in the public internet")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(
        host=host,
        port=port,
        is_secure=parts.scheme == "https",
        addresses=tuple(allowed[:MOST_ADDRESSES]),
        path=path,
    )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - a wrong one is found out when it is asked for
    except ValueError as wrong:
        raise Forbidden("not an address of the web") from wrong
    return parts


def is_public(address: str) -> bool:
    """Say whether an address is one of the public internet, also behind an IPv6 form of IPv4."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if found in TRANSLATED_HERE:
            return False
    return found.is_global and not found.is_multicast
