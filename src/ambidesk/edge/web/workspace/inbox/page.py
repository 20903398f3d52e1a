"""The inbox: the views with their counts, one page of the chosen one, what to listen to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.counting import Tally, count
from ambidesk.support.desk.viewing import LONGEST_PAGE, ListPage, View, read_list, views_for
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import watched_brands
from ambidesk.support.tickets.rights import TicketRight

FIRST = "mine"
PAGE = 50
MOST = 300
# Whoever asks for what lies further back, or has it on the screen, waits so long for it.
PATIENCE_SECONDS = 1.0
NONE = Tally(0)
# What belongs into a view, and how the first one gets there.
EMPTY: dict[str, tuple[Promise, Promise]] = {
    "mine": (_("Nothing waits for you"), _("Take one from Unassigned: open it and press t.")),
    "unassigned": (_("Everything has an owner"), _("New mail shows up here by itself.")),
    "team": (_("Your team has nothing to do"), _("What is given to your team stands here.")),
    "waiting": (_("Nobody owes you an answer"), _("After your answer a ticket waits here.")),
    "snoozed": (_("Nothing sleeps"), _("Press z on a ticket to put it off until a time.")),
    "suspended": (
        _("Nothing is held back"),
        _("Mail whose sender nobody can vouch for waits here until you decide."),
    ),
}
EMPTY_ELSE = (_("No tickets here"), _("What fits this view shows up by itself."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A view as the pane of views shows it."""

    slug: str
    name: str
    icon: str
    key: str
    saved: int | None
    tally: Tally
    is_here: bool
    problem: str

    @property
    def is_saved(self) -> bool:
        """Somebody made it; the others came with the desk."""
        return self.saved is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The views with their counts, and the one that is shown."""

    view: View
    views: tuple[Entry, ...]
    topics: str
    can_work: bool
    can_take: bool

    @property
    def waiting(self) -> Tally:
        """How many wait for the actor."""
        return next((entry.tally for entry in self.views if entry.slug == FIRST), NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox(Side):
    """
    Views and rows; `open` is the number of the ticket that stands beside the list.

    `down_to`: tickets were looked at since then only, and too few were found for a page.
    """

    rows: tuple[Ticket, ...]
    next: str | None
    down_to: datetime | None
    open: int

    @property
    def total(self) -> Tally:
        """How many tickets the view holds."""
        return next((entry.tally for entry in self.views if entry.is_here), NONE)

    @property
    def empty(self) -> tuple[Promise, Promise]:
        """Title and words of a view without tickets."""
        return EMPTY.get(self.view.slug, EMPTY_ELSE)


def read_inbox(
    actor: Actor, asked: Mapping[str, str], *, at: datetime, slug: str = "", number: int = 0
) -> Inbox:
    """
    Read the inbox of a view: the one named, else that of the address, else the first.

    Raises:
        Http404: the actor has no such view.
        WrongCursor: `after` is not a cursor of a list.
    """
    side = read_side(actor, slug=slug, asked=asked.get("view", ""), at=at)
    page = _read_rows(side.view, asked, actor=actor, at=at)
    return Inbox(
        view=side.view,
        views=side.views,
        topics=side.topics,
        can_work=side.can_work,
        can_take=side.can_take,
        rows=page.rows,
        next=page.next,
        down_to=page.down_to,
        open=number,
    )


def _read_rows(view: View, asked: Mapping[str, str], *, actor: Actor, at: datetime) -> ListPage:
    """
    Read a page, or as many rows as stand on the screen that is refreshed.

    A dear view is looked through as far back as one look goes, and further where that is asked.
    """
    shown = number_of(asked.get("shown", ""))
    wanted = min(shown or PAGE, MOST)
    until = monotonic() + (PATIENCE_SECONDS if shown or "further" in asked else 0)
    rows: tuple[Ticket, ...] = ()
    after = asked.get("after") or None
    while True:
        limit = min(wanted - len(rows), LONGEST_PAGE)
        page = read_list(view, actor=actor, at=at, after=after, limit=limit)
        rows += page.rows
        after = page.next
        if after is None or len(rows) >= wanted or (page.down_to and monotonic() >= until):
            return ListPage(rows=rows, next=after, down_to=page.down_to)


def number_of(given: str) -> int:
    """Read a number of an address; what is none is 0."""
    return int(given) if given.isdecimal() and len(given) < 18 else 0


def read_side(actor: Actor, *, slug: str = "", asked: str = "", at: datetime) -> Side:
    """
    Read the views: `slug` must be one of them, what is only asked for may be gone.

    Raises:
        Http404: the actor has no view of this slug.
    """
    views = views_for(actor)
    by_slug = {view.slug: view for view in views}
    chosen = by_slug.get(slug) if slug else by_slug.get(asked, by_slug[FIRST])
    if chosen is None:
        raise Http404
    tallies = count(views, actor=actor, at=at)
    entries = tuple(
        Entry(
            slug=view.slug,
            name=view.name,
            icon=view.icon,
            key=view.key,
            saved=view.saved,
            tally=tallies[view.slug],
            is_here=view is chosen,
            problem=view.problem,
        )
        for view in views
    )
    return Side(
        view=chosen,
        views=entries,
        topics=topics_of(actor),
        can_work=actor.may(TicketRight.WORK),
        can_take=actor.may(RoutingRight.TAKE),
    )


def topics_of(actor: Actor) -> str:
    """Name the topics that tell of changes in the actor's lists."""
    return " ".join(f"tickets:brand:{brand}" for brand in watched_brands(actor))
