"""
The views that everybody has.

What is ours to move stands under mine, unassigned and team; what the requester has to answer
stands under waiting; what sleeps or is not trusted has views of its own.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from ambidesk.support.desk.views.view import Asking, View
from ambidesk.support.tickets.fields import ME, MY_TEAMS
from ambidesk.support.tickets.models import WaitingFor


def built_in(symbols: Mapping[str, tuple[int, ...]]) -> tuple[View, ...]:
    """Make them for whom these symbols stand."""
    me, teams = symbols.get(ME, ()), symbols.get(MY_TEAMS, ())
    mine = Q(assignee=me[0]) if me else Q(pk__in=[])
    return (
        View(
            slug="mine", name=_("Mine"), icon="user", key="m", asks=_to_do(mine), same=("mine", me)
        ),
        View(
            slug="unassigned",
            name=_("Unassigned"),
            icon="circle-dashed",
            key="u",
            asks=_to_do(Q(assignee=None)),
            same="unassigned",
        ),
        View(
            slug="team",
            name=_("Team"),
            icon="users",
            key="t",
            asks=_to_do(Q(team__in=teams)),
            same=("team", teams),
        ),
        _plain("waiting", _("Waiting"), icon="hourglass", key="w", asks=_waiting),
        _plain("snoozed", _("Snoozed"), icon="alarm-clock", key="z", asks=_snoozed),
        _plain("suspended", _("Suspended"), icon="shield-alert", key="s", asks=_suspended),
        _plain("all", _("All"), icon="layers", key="a", asks=_every, is_open=False),
    )


def _plain(
    slug: str, name: str, *, icon: str, key: str, asks: Asking, is_open: bool = True
) -> View:
    return View(slug=slug, name=name, icon=icon, key=key, asks=asks, same=slug, is_open=is_open)


def _to_do(whose: Q) -> Asking:
    ours = Q(waiting_for__in=[WaitingFor.US, WaitingFor.OTHER], suspended=False)
    return lambda at: whose & ours & _awake(at)


def _waiting(at: datetime) -> Q:
    return Q(waiting_for=WaitingFor.REQUESTER, suspended=False) & _awake(at)


def _snoozed(at: datetime) -> Q:
    return Q(snoozed_until__gt=at, suspended=False)


def _suspended(_at: datetime) -> Q:
    return Q(suspended=True)


def _every(_at: datetime) -> Q:
    return Q(suspended=False, merged_into=None)


def _awake(at: datetime) -> Q:
    return Q(snoozed_until=None) | Q(snoozed_until__lte=at)
