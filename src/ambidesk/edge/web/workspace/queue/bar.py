"""The bar's addresses: itself, the next ticket, the status."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.queue.page import own_member, read_bar
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing import attending
from ambidesk.support.routing.models import Status
from ambidesk.support.routing.taking import take_next


def show(request: Request) -> HttpResponse:
    """Show the bar, or nothing to whom works from no queue."""
    bar = read_bar(request.actor, at=request.at)
    return render(request, "queue/bar.html", {"bar": bar}) if bar else HttpResponse(status=204)


def take(request: Request) -> HttpResponse:
    """Take the next ticket and go to it."""
    ticket = take_next(_member(request), by=request.actor, at=request.at)
    url = f"{reverse('ticket', args=[ticket.pk])}?view=mine"
    if not request.headers.get("HX-Request"):
        response = HttpResponse(status=303)
        response["Location"] = url
        return response
    response = HttpResponse(status=204)
    place = {"path": url, "target": "#thread-pane", "swap": "innerHTML"}
    on_desk = request.headers.get("HX-Target") == "queue-bar" and request.POST.get("desk")
    response["HX-Location" if on_desk else "HX-Redirect"] = json.dumps(place) if on_desk else url
    return response


def set_status(request: Request) -> HttpResponse:
    """Say whether one takes work; `idle` and `back` are said by the browser on its own."""
    member, asked = _member(request), request.POST.get("status", "")
    if asked == "idle":
        attending.leave_idle(member, by=request.actor, at=request.at)
    elif asked == "back":
        attending.come_back(member, by=request.actor, at=request.at)
    elif asked in Status.values:
        attending.set_status(member, Status(asked), by=request.actor, at=request.at)
    else:
        raise Http404
    return show(request)


def _member(request: Request) -> Member:
    member = own_member(request.actor)
    if member is None:
        raise Http404
    return member
