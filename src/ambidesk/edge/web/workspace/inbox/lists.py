"""Built-in lists of tickets: which rows each holds, and a page of them from a position on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.models import Ticket, WaitingFor
from ambidesk.support.tickets.rules.states import ACTIVE

PAGE = 50
SHOWN = ("requester", "requester_identity", "assignee__user", "channel")
ACTIVE_ROWS = Q(state__in=[state.value for state in ACTIVE])


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """One list: its name in addresses, its words, and the condition of its rows."""

    slug: str
    name: str | Promise
    icon: str
    key: str
    rows: Callable[[Actor, datetime], Q]


def _awake(at: datetime) -> Q:
    return ACTIVE_ROWS & Q(suspended=False) & (Q(snoozed_until=None) | Q(snoozed_until__lte=at))


LISTS = (
    List(
        slug="mine",
        name=_("Mine"),
        icon="user-round",
        key="m",
        rows=lambda actor, at: _awake(at) & Q(assignee__user=actor.user_id),
    ),
    List(
        slug="unassigned",
        name=_("Unassigned"),
        icon="inbox",
        key="u",
        rows=lambda _actor, at: _awake(at) & Q(assignee=None),
    ),
    List(
        slug="open",
        name=_("All open"),
        icon="layers",
        key="o",
        rows=lambda _actor, at: _awake(at),
    ),
    List(
        slug="waiting",
        name=_("Waiting"),
        icon="hourglass",
        key="w",
        rows=lambda _actor, at: (
            _awake(at) & Q(waiting_for__in=[WaitingFor.REQUESTER, WaitingFor.OTHER])
        ),
    ),
)


def list_of(slug: str) -> List | None:
    """The list of a name in an address."""
    return next((each for each in LISTS if each.slug == slug), None)


def count_lists(actor: Actor, *, at: datetime) -> Mapping[str, int]:
    """Count all lists in one pass."""
    counts = {each.slug: Count("pk", filter=each.rows(actor, at)) for each in LISTS}
    return Ticket.objects.visible_to(actor).filter(ACTIVE_ROWS).aggregate(**counts)


def read_rows(actor: Actor, chosen: List, *, after: str, at: datetime) -> list[Ticket]:
    """Read a page and one row more, from the position on."""
    rows = Ticket.objects.visible_to(actor).filter(chosen.rows(actor, at))
    last_at, _sign, number = after.rpartition("|")
    instant = parse_datetime(last_at) if last_at else None
    if instant and number.isdecimal():
        rows = rows.filter(Q(last_at__lt=instant) | Q(last_at=instant, pk__lt=int(number)))
    return list(rows.latest_first().select_related(*SHOWN)[: PAGE + 1])


def position_of(ticket: Ticket) -> str:
    """Where a page that begins after the ticket begins."""
    return f"{ticket.last_at.isoformat()}|{ticket.pk}"
