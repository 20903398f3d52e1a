"""Calls under way: who rings now, and the ticket of the call that somebody took."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.across.context.finding import By, find
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.telephony.models import Call, CallState, CallWay

MOST = 4
RINGS_FOR: Final = timedelta(minutes=3)
TALKS_FOR: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """A call as it is shown while it rings; `ticket` once somebody took it."""

    number: str
    name: str
    detail: str
    line: str
    ticket: int | None


def show(request: Request) -> HttpResponse:
    """Show the calls that the actor may take, and the one they took just now."""
    seen = Call.objects.visible_to(request.actor).filter(way=CallWay.IN)
    rings = Q(state=CallState.RINGING, began_at__gt=request.at - RINGS_FOR)
    taken = Q(
        state=CallState.TALKING,
        member__user=request.actor.user_id,
        answered_at__gt=request.at - TALKS_FOR,
    )
    rows = seen.filter(rings | taken).order_by("-began_at", "-pk")[:MOST]
    calls = tuple(_ringing(request, row) for row in rows)
    return render(request, "calls/ringing.html", {"calls": calls})


def _ringing(request: Request, row: Call) -> Ringing:
    hits = find(row.number, by=request.actor, only=By.PHONE) if row.number else ()
    known = hits[0] if len(hits) == 1 else None
    return Ringing(
        number=row.number,
        name=known.title if known else "",
        detail=known.detail if known else "",
        line=row.line,
        ticket=row.ticket_id if row.state == CallState.TALKING else None,
    )
