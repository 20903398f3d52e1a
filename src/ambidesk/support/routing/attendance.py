"""
Attendance: who sits before an open browser.

The streams' processes say so together every few seconds, in one statement each; nobody's browser
asks the database for it.
"""

from collections.abc import Collection

from ambidesk.ground.kernel import ephemeral
from ambidesk.support.routing.models import Operator

PLACE = "desk"
# Streams are reported so often; who is not reported for this long is gone.
EVERY_SECONDS, LASTS_SECONDS = 5.0, 20.0


def report(users: Collection[int]) -> None:
    """Say that these users have the desk open."""
    ephemeral.enter_many(PLACE, sorted(users), seconds=LASTS_SECONDS)


def leave(user: int) -> None:
    """Say that a user closed the desk."""
    ephemeral.leave(PLACE, user)


def present_users() -> frozenset[int]:
    """Name the users who have the desk open."""
    return frozenset(ephemeral.present(PLACE))


def present_operators(team: int) -> list[int]:
    """Name the operators of a team, by their members, who have the desk open."""
    rows = Operator.objects.filter(member__teams=team, member__user__in=present_users())
    return list(rows.order_by("pk").values_list("pk", flat=True))
