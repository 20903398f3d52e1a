"""The first page: what waits for me, and the requests that I see, open ones first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.portal.words import state_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.texts import storable
from ambidesk.parties.companies.models import Site
from ambidesk.support.approvals.answering import waiting_for
from ambidesk.support.approvals.models import Approval
from ambidesk.support.tickets.models import Ticket, TicketQuerySet, WaitingFor
from ambidesk.support.tickets.rules.suspension import SuspendedFor

SHOWN = 50
WAITING = 20
# What a row of a list is made of.
SAID = ("subject", "state", "last_at", "due_at", "site__name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A request in a list."""

    number: int
    subject: str
    place: str
    state: str
    state_words: str
    last_at: datetime
    due_at: datetime | None

    @classmethod
    def of(cls, ticket: Ticket) -> "Row":
        """Say of a request what a list shows."""
        return cls(
            number=ticket.number,
            subject=ticket.subject,
            place=ticket.site.name if ticket.site else "",
            state=ticket.state,
            state_words=state_of(ticket.state),
            last_at=ticket.last_at,
            due_at=ticket.due_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Lists and what they are cut by."""

    waiting: tuple[Row, ...]
    held: tuple[Row, ...]
    approvals: tuple[Approval, ...]
    rows: tuple[Row, ...]
    has_more: bool
    sites: tuple[Site, ...]
    site: int
    asked: str
    shows_all: bool

    @property
    def is_cut(self) -> bool:
        """Whether something was asked for."""
        return bool(self.asked or self.site or self.shows_all)


def show(request: Request) -> HttpResponse:
    """Show the lists; `?q=`, `?site=` and `?all=1` cut the longer one."""
    seen = (
        Ticket.objects.visible_to(request.actor).select_related("site").only(*SAID).latest_first()
    )
    held = seen.filter(suspended_for=SuspendedFor.UNKNOWN_WRITER)
    seen = seen.filter(suspended=False)
    mine = seen.active().filter(waiting_for=WaitingFor.REQUESTER, requester=request.actor.id)
    asked, shows_all = (
        storable(request.GET.get("q", "")).strip()[:100],
        request.GET.get("all") == "1",
    )
    typed = request.GET.get("site", "")
    site = int(typed) if typed.isdecimal() and len(typed) < 18 else 0
    rows = list(_cut(seen, asked=asked, site=site, shows_all=shows_all)[: SHOWN + 1])
    sites = Site.objects.visible_to(request.actor).only("name").order_by("name")
    page = HomePage(
        waiting=tuple(map(Row.of, mine[:WAITING])),
        held=tuple(map(Row.of, held[:WAITING])),
        approvals=tuple(waiting_for(request.actor, at=request.at)),
        rows=tuple(map(Row.of, rows[:SHOWN])),
        has_more=len(rows) > SHOWN,
        sites=tuple(sites[:200]),
        site=site,
        asked=asked,
        shows_all=shows_all,
    )
    return render(request, "portal/home.html", {"page": page})


def _cut(seen: TicketQuerySet, *, asked: str, site: int, shows_all: bool) -> TicketQuerySet:
    rows = seen if shows_all or asked else seen.active()
    if site:
        rows = rows.filter(site=site)
    if asked.lstrip("#").isdecimal() and len(asked) < 18:
        return rows.filter(pk=int(asked.lstrip("#")))
    if asked:
        return rows.filter(Q(subject__icontains=asked) | Q(preview__icontains=asked))
    return rows
