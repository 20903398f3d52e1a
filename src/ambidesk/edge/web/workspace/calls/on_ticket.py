"""Calls of a ticket: how they went, their recordings, and a click that begins one."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.telephony.dialling import want
from ambidesk.support.telephony.models import Call

SHOWN = 10


def show(request: Request, number: int) -> HttpResponse:
    """Show the calls of a ticket, the latest first."""
    ticket = visible_ticket(request.actor, number)
    rows = Call.objects.visible_to(request.actor).filter(ticket=ticket)
    calls = rows.select_related("member__user")[:SHOWN]
    return render(request, "calls/on_ticket.html", {"calls": calls, "number": number})


def dial(request: Request, number: int) -> HttpResponse:
    """Have the exchange connect the actor with the requester."""
    ticket = visible_ticket(request.actor, number)
    given = request.POST.get("number", "")[:40]
    want(ticket, number=given, by=request.actor, at=request.at)
    return changed(request, number, _("Your telephone rings first."))


def recording(request: Request, call: int) -> HttpResponseBase:
    """Hand out the recording of a call to whoever sees its ticket."""
    rows = Call.objects.visible_to(request.actor).select_related("recording")
    row = rows.filter(pk=call).first()
    if row is None or row.recording is None:
        raise Http404
    ending = row.recording.content_type.rpartition("/")[2].replace("mpeg", "mp3")
    return handed_out(row.recording, f"call-{row.pk}.{ending}", inline=False, origins="same-origin")
