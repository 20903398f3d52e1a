"""The inbox: the views with their counts, one page of the chosen one, what to listen to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from ambidesk.edge.web.workspace.inbox.lists import (
    LISTS,
    PAGE,
    count_lists,
    list_of,
    position_of,
    read_rows,
)
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.models import Brand
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import served_brands

FIRST = "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One list of tickets as the pane of views shows it."""

    slug: str
    name: str
    icon: str
    key: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Views, rows and topics."""

    view: View
    views: tuple[View, ...]
    rows: tuple[Ticket, ...]
    next: str
    open: int
    waiting: int
    topics: str
    empty_title: str
    empty_words: str


def read_inbox(
    actor: Actor, asked: Mapping[str, str], *, at: datetime, slug: str = "", number: int = 0
) -> Inbox:
    """
    Read the inbox; `number` is the ticket that stands open beside it.

    Raises:
        Http404: there is no such view.
    """
    chosen = list_of(slug or asked.get("view", "")) or list_of(slug or FIRST)
    if chosen is None:
        raise Http404
    counts = count_lists(actor, at=at)
    views = tuple(
        View(slug=e.slug, name=str(e.name), icon=e.icon, key=e.key, count=counts[e.slug])
        for e in LISTS
    )
    rows = read_rows(actor, chosen, after=asked.get("after", ""), at=at)
    return Inbox(
        view=next(view for view in views if view.slug == chosen.slug),
        views=views,
        rows=tuple(rows[:PAGE]),
        next=position_of(rows[PAGE - 1]) if len(rows) > PAGE else "",
        open=number,
        waiting=counts[FIRST],
        topics=topics_of(actor),
        empty_title=_("Nothing waits here"),
        empty_words=_("New mail comes in by itself; you need not reload."),
    )


def topics_of(actor: Actor) -> str:
    """The topics that tell of changes in the actor's lists."""
    brands = served_brands(actor)
    if actor.may(ReachRight.SEE_EVERYTHING):
        brands = list(Brand.objects.values_list("pk", flat=True))
    return " ".join(f"tickets:brand:{brand}" for brand in brands)
