"""The first page: what waits for me, and the requests that I see, open ones first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.portal.cutting import Cut, Place, sites_seen
from ambidesk.edge.web.portal.rows import SAID, Row
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.asking import asked_by
from ambidesk.support.approvals.answering import waiting_for
from ambidesk.support.approvals.models import Approval
from ambidesk.support.tickets.clients import sees_held
from ambidesk.support.tickets.models import Ticket, WaitingFor
from ambidesk.support.tickets.rules.suspension import SuspendedFor

SHOWN = 50
WAITING = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Lists and what they are cut by."""

    waiting: tuple[Row, ...]
    held: tuple[Row, ...]
    approvals: tuple[Approval, ...]
    rows: tuple[Row, ...]
    has_more: bool
    sites: tuple[Place, ...]
    cut: Cut

    @property
    def is_cut(self) -> bool:
        """Whether something was asked for."""
        return bool(self.cut.asked or self.cut.site or self.cut.shows_all)


def show(request: Request) -> HttpResponse:
    """Show the lists; what was asked for cuts the longer one."""
    actor, cut = request.actor, Cut.of(request.GET)
    rows, (waiting, held) = _rows(actor, cut), _first(actor)
    page = HomePage(
        waiting=waiting,
        held=held,
        approvals=tuple(waiting_for(actor, at=request.at)),
        rows=tuple(rows[:SHOWN]),
        has_more=len(rows) > SHOWN,
        sites=sites_seen(actor),
        cut=cut,
    )
    return render(request, "portal/home.html", {"page": page})


def _first(actor: Actor) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """What stands before the list: what waits for the actor, and what strangers wrote."""
    held = sees_held(actor)

    def make(actor: Actor, _slots: Mapping[str, Any]) -> QuerySet[Ticket, Any]:
        seen = Ticket.objects.visible_to(actor).latest_first()
        mine = seen.active().filter(suspended=False, requester=actor.id)
        mine = mine.filter(waiting_for=WaitingFor.REQUESTER)
        first = mine.values_list(*SAID, "suspended")[:WAITING]
        if not held:
            return first
        strange = seen.filter(suspended_for=SuspendedFor.UNKNOWN_WRITER)
        others = strange.values_list(*SAID, "suspended")[:WAITING]
        return first.union(others, all=True).order_by("-last_at", "-pk")

    rows = asked_by(actor, ("portal.first", held), make=make)
    waiting = tuple(Row.of(said) for *said, suspended in rows if not suspended)
    return waiting, tuple(Row.of(said) for *said, suspended in rows if suspended)


def _rows(actor: Actor, cut: Cut) -> Sequence[Row]:
    def make(actor: Actor, slots: Mapping[str, Any]) -> QuerySet[Ticket, Any]:
        seen = Ticket.objects.visible_to(actor).filter(suspended=False).latest_first()
        rows = seen if cut.shows_all or cut.asked else seen.active()
        if cut.site:
            rows = rows.filter(site=slots["site"])
        if cut.number is not None:
            rows = rows.filter(pk=slots["number"])
        elif cut.asked:
            rows = rows.filter(Q(subject__icontains=cut.asked) | Q(preview__icontains=cut.asked))
        return rows.values_list(*SAID)[: SHOWN + 1]

    values = {"site": cut.site, "number": cut.number or 0}
    if cut.asked and cut.number is None:
        # Words stand within the question: it is another one each time.
        found = list(make(actor, values))
    else:
        key = ("portal.rows", bool(cut.site), cut.number is not None, cut.shows_all)
        found = asked_by(actor, key, make=make, **values)
    return [Row.of(each) for each in found]
