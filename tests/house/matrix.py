"""
Who may enter which route: one line a route, or one for each of its methods.

Objects in the addresses are the shop's and Olga's; `other` works for the other brand. Those of the
portal are a company's, of which `client` manages everything; `stranger` does so for another one.
"""

from tests.house.doors.outside import OUTSIDE
from tests.house.doors.portal import PORTAL_DOORS
from tests.house.doors.roles import NOBODY, ROLES, Who
from tests.house.doors.settings import SETTINGS
from tests.house.doors.workspace import WORKSPACE
from tests.house.keys import KEYS

__all__ = ["KEYS", "MATRIX", "NOT_YET", "ROLES", "who_may"]
MATRIX: dict[str, Who | dict[str, Who]] = OUTSIDE | SETTINGS | PORTAL_DOORS | WORKSPACE
# SCIM: keys that keep staff; see tests/edge/api/scim.
SCIM = ("config", "types", "type", "schemas", "schema", "users", "user", "groups", "group")
MATRIX |= {f"scim-{part}": NOBODY for part in SCIM}
# The API: the narrowest scope that lets a key in, by route and method; None where any key may.
# Nobody enters by being signed in.
MATRIX |= dict.fromkeys(KEYS, NOBODY)
# Routes that lead nowhere yet: each is taken out of here by whoever builds it.
NOT_YET: set[str] = set()
# Nothing of these nouns can be archived.
for noun in ("queues", "keys"):
    del MATRIX[f"settings-{noun}-archive"]


def who_may(route: str, method: str) -> Who:
    """The roles that may enter a route by a method."""
    line = MATRIX[route]
    return line[method] if isinstance(line, dict) else line
