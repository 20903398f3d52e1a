"""The inbox's addresses: the whole screen, its rows, its counts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import FIRST, number_of, read_inbox, read_side
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.parties.authority.rights import PortalRight
from ambidesk.support.tickets.rights import TicketRight

PARTS = {"rows": "inbox/list.html#rows", "more": "inbox/rows.html"}


def home(request: Request) -> HttpResponse:
    """Go to where the day begins."""
    if request.actor.kind is ActorKind.CONTACT:
        if request.actor.may(PortalRight.ENTER):
            return redirect("portal")
        if request.actor.may(PortalRight.SPEAK):
            return redirect("portal-speaker")
        works = request.actor.may(PortalRight.PERFORM)
        return redirect("portal-work") if works else render(request, "ui/ended.html")
    if not request.actor.may(TicketRight.SEE):
        return redirect("settings")
    return redirect("inbox", FIRST)


def show(request: Request, view: str) -> HttpResponse:
    """Show a view; `?part=` asks for a part of it only."""
    number = number_of(request.GET.get("open", ""))
    inbox = read_inbox(request.actor, request.GET, at=request.at, slug=view, number=number)
    template = PARTS.get(request.GET.get("part", ""), "inbox/inbox.html")
    return render(request, template, {"inbox": inbox})


def counts(request: Request, view: str) -> HttpResponse:
    """Show the views with their counts afresh."""
    side = read_side(request.actor, slug=view, at=request.at)
    return render(request, "inbox/views.html#counts", {"inbox": side})
