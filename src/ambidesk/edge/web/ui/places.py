"""Places: whence a request of a stranger comes, and how much one place is given."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from ambidesk.ground.kernel import ephemeral

MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """So much of a thing within a window."""

    what: str
    most: int
    seconds: float


def place_of(request: HttpRequest) -> str:
    """Whence it comes; of IPv6 the network, all of whose addresses one house has."""
    given = str(get_adapter().get_client_ip(request))
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))


def spend(*budgets: Budget) -> int:
    """Count one more against budgets; give the seconds to wait where one is spent, else 0."""
    counted = ephemeral.count_many({each.what: each.seconds for each in budgets})
    spent = [each.seconds for each in budgets if counted[each.what] > each.most]
    return int(max(spent, default=0.0))
