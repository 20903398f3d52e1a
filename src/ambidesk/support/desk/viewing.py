"""
Viewing: the views of an actor and the page of a list, cut by reach, last word first.

`views_for(actor)` and `view_of(actor, slug)` give views, `read_list` reads one by keyset.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk import paging
from ambidesk.support.desk.views.builtin import built_in
from ambidesk.support.desk.views.saved import saved_views
from ambidesk.support.desk.views.view import LOOKED, View
from ambidesk.support.tickets.fields import symbols_of
from ambidesk.support.tickets.models import Ticket, TicketQuerySet
from ambidesk.support.tickets.models.ticket import ACTIVE_ROWS

__all__ = ["ListPage", "UnknownView", "View", "read_list", "rows_of", "view_of", "views_for"]

LONGEST_PAGE = 100


class UnknownView(Refusal):
    """The actor has no such view."""

    sentence = _("There is no such view.")
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """
    Some tickets in the order of lists; `next` is the cursor of what follows, if anything.

    A page that is short since no more tickets were looked at says down to when they were.
    """

    rows: tuple[Ticket, ...]
    next: str | None
    down_to: datetime | None = None


def views_for(actor: Actor) -> tuple[View, ...]:
    """List the views that the actor has, the built-in ones first."""
    symbols = symbols_of(actor)
    return (*built_in(symbols), *saved_views(actor, symbols))


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
    view: View,
    *,
    actor: Actor,
    at: datetime,
    after: str | None = None,
    limit: int = 50,
    looked: int = LOOKED,
) -> ListPage:
    """
    Read the tickets of a view that follow a cursor.

    A dear view looks at `looked` tickets; its page may be short, and more follow all the same.

    Raises:
        WrongCursor: `after` is not a cursor of a list.
    """
    shown = min(max(limit, 1), LONGEST_PAGE)
    reach = paging.following(after) if after else Q()
    end = _end(view, reach, actor, looked) if view.is_dear else None
    if end is not None:
        reach &= paging.down_to(end)
    rows = rows_of(view, actor=actor, at=at).filter(reach)
    # Numbers inside: what stands beside a ticket is joined to one page, never to what is sorted.
    numbers = rows.latest_first().values("pk")[: shown + 1]
    found = tuple(_with_people(numbers))
    page = found[:shown]
    if len(found) > shown:
        return ListPage(rows=page, next=paging.cursor_of(page[-1]))
    if end is None:
        return ListPage(rows=page, next=None)
    return ListPage(rows=page, next=paging.cursor_of(end), down_to=end.last_at)


def _end(view: View, reach: Q, actor: Actor, looked: int) -> Ticket | None:
    rows = Ticket.objects.visible_to(actor).filter(reach)
    if view.is_open:
        rows = rows.active()
    last = list(rows.latest_first().only("pk", "last_at")[looked : looked + 2])
    return last[0] if len(last) > 1 else None


def rows_of(view: View, *, actor: Actor, at: datetime) -> TicketQuerySet:
    """Give the tickets of a view that the actor may see, in no order."""
    rows = Ticket.objects.visible_to(actor)
    open_rows = rows.filter(ACTIVE_ROWS) if view.is_open else rows
    return open_rows.filter(view.asks(at))


def _with_people(numbers: QuerySet[Ticket, Any]) -> TicketQuerySet:
    rows = Ticket.objects.filter(pk__in=numbers).latest_first()
    return rows.select_related("requester__head", "requester_identity", "assignee__user")
