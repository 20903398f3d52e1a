"""
Viewing: the views of an actor and the page of a list, cut by reach, last word first.

`views_for(actor)` and `view_of(actor, slug)` give views, `read_list` reads one by keyset.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Membership
from ambidesk.support.desk import paging
from ambidesk.support.tickets.models import Ticket, TicketQuerySet, WaitingFor
from ambidesk.support.tickets.models.ticket import ACTIVE_ROWS

Asking = Callable[[datetime], Q]
LONGEST_PAGE = 100


class UnknownView(Refusal):
    """The actor has no such view."""

    sentence = gettext_lazy("There is no such view.")
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """
    One entry of the left pane; `key` follows `g`, `saved` is the id of a saved view.

    `is_open` says that only tickets that are neither solved nor closed can belong to it.
    """

    slug: str
    name: str
    icon: str
    asks: Asking
    key: str = ""
    is_open: bool = True
    saved: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Some tickets in the order of lists; `next` is the cursor of what follows, if anything."""

    rows: tuple[Ticket, ...]
    next: str | None


def views_for(actor: Actor) -> tuple[View, ...]:
    """List the views that the actor has, the built-in ones first."""
    teams = _teams_of(actor)
    return _built_in(actor, teams)


def view_of(actor: Actor, slug: str) -> View:
    """
    Find a view of the actor.

    Raises:
        UnknownView: they have none of this name.
    """
    for view in views_for(actor):
        if view.slug == slug:
            return view
    raise UnknownView


def read_list(
    view: View, *, actor: Actor, at: datetime, after: str | None = None, limit: int = 50
) -> ListPage:
    """
    Read the tickets of a view that follow a cursor.

    Raises:
        WrongCursor: `after` is not a cursor of a list.
    """
    shown = min(max(limit, 1), LONGEST_PAGE)
    rows = rows_of(view, actor=actor, at=at)
    if after:
        rows = rows.filter(paging.following(after))
    found = list(
        rows.select_related(
            "requester", "requester_identity", "assignee__user", "team", "brand", "channel"
        ).latest_first()[: shown + 1]
    )
    page = tuple(found[:shown])
    more = len(found) > shown
    return ListPage(rows=page, next=paging.cursor_of(page[-1]) if more else None)


def rows_of(view: View, *, actor: Actor, at: datetime) -> TicketQuerySet:
    """Give the tickets of a view that the actor may see, in no order."""
    rows = Ticket.objects.visible_to(actor)
    open_rows = rows.filter(ACTIVE_ROWS) if view.is_open else rows
    return open_rows.filter(view.asks(at))


def _built_in(actor: Actor, teams: tuple[int, ...]) -> tuple[View, ...]:
    mine = Q(assignee__user=actor.user_id)
    return (
        View(slug="mine", name=_("Mine"), icon="user", key="m", asks=_to_do(mine)),
        View(
            slug="unassigned",
            name=_("Unassigned"),
            icon="circle-dashed",
            key="u",
            asks=_to_do(Q(assignee=None)),
        ),
        View(slug="team", name=_("Team"), icon="users", key="t", asks=_to_do(Q(team__in=teams))),
        View(slug="waiting", name=_("Waiting"), icon="hourglass", key="w", asks=_waiting),
        View(slug="snoozed", name=_("Snoozed"), icon="alarm-clock", key="z", asks=_snoozed),
        View(
            slug="suspended",
            name=_("Suspended"),
            icon="shield-alert",
            key="s",
            asks=lambda _at: Q(suspended=True),
        ),
        View(slug="all", name=_("All"), icon="layers", key="a", asks=_every, is_open=False),
    )


def _to_do(whose: Q) -> Asking:
    """What is to be done now: ours to move, awake, trusted."""
    ours = Q(waiting_for__in=[WaitingFor.US, WaitingFor.OTHER], suspended=False)
    return lambda at: whose & ours & _awake(at)


def _waiting(at: datetime) -> Q:
    return Q(waiting_for=WaitingFor.REQUESTER, suspended=False) & _awake(at)


def _snoozed(at: datetime) -> Q:
    return Q(snoozed_until__gt=at, suspended=False)


def _every(_at: datetime) -> Q:
    return Q(suspended=False, merged_into=None)


def _awake(at: datetime) -> Q:
    return Q(snoozed_until=None) | Q(snoozed_until__lte=at)


def _teams_of(actor: Actor) -> tuple[int, ...]:
    if actor.user_id is None:
        return ()
    found = Membership.objects.filter(member__user=actor.user_id, team__archived_at=None)
    return tuple(found.order_by("team").values_list("team", flat=True))
