"""A ticket is handed over to a contractor; what they did is taken, sent back or taken back."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.handovers.page import read_handed
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.texts import storable
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.workflow.models import Stay
from ambidesk.support.handovers import judging, offering, speaking
from ambidesk.support.handovers.models import Handover, HandoverFile
from ambidesk.support.handovers.offering import Task
from ambidesk.support.handovers.speaking import Words


def show(request: Request, number: int) -> HttpResponse:
    """Show what is handed over of the ticket, and a form for more."""
    page = read_handed(visible_ticket(request.actor, number), request.actor)
    return render(request, "handovers/panel.html", {"page": page})


def offer(request: Request, number: int) -> HttpResponse:
    """Hand it over."""
    ticket = visible_ticket(request.actor, number)
    key = number_of(request.POST.get("contractor", ""))
    row = Contractor.objects.visible_to(request.actor).filter(pk=key or 0).first()
    if row is None:
        raise Http404
    typed = number_of(request.POST.get("stay", "")) or 0
    stay = Stay.objects.filter(run=ticket.run_id or 0, pk=typed).first()
    task = Task(what=request.POST.get("task", ""), words=_words(request), stay=stay)
    offering.offer(ticket, task, to=row, by=request.actor, at=request.at)
    return changed(request, number, _("Handed over to %(name)s") % {"name": row})


def take(request: Request, number: int, handover: int) -> HttpResponse:
    """Take what was done."""
    judging.take(_visible(request, number, handover), by=request.actor, at=request.at)
    return changed(request, number, _("Taken"))


def send_back(request: Request, number: int, handover: int) -> HttpResponse:
    """Let them do it again."""
    row = _visible(request, number, handover)
    judging.send_back(row, _words(request), by=request.actor, at=request.at)
    return changed(request, number, _("Sent back for rework"))


def withdraw(request: Request, number: int, handover: int) -> HttpResponse:
    """Take it back."""
    judging.withdraw(_visible(request, number, handover), by=request.actor, at=request.at)
    return changed(request, number, _("Taken back"))


def say(request: Request, number: int, handover: int) -> HttpResponse:
    """Write to the contractor."""
    row = _visible(request, number, handover)
    speaking.say(row, _words(request), by=request.actor, at=request.at)
    return changed(request, number, _("Written to the contractor"))


def file(request: Request, number: int, handed: str) -> HttpResponseBase:
    """Serve a file that was said with a word."""
    if handed != storable(handed):
        raise Http404
    rows = HandoverFile.objects.visible_to(request.actor).select_related("blob")
    found = rows.filter(key=handed, word__handover__ticket=number).first()
    if found is None or found.blob.removed_at:
        raise Http404
    return handed_out(found.blob, found.name, inline=False, origins="same-origin")


def _visible(request: Request, number: int, key: int) -> Handover:
    rows = Handover.objects.visible_to(request.actor).select_related("ticket")
    row = rows.filter(pk=key, ticket=number).first()
    if row is None:
        raise Http404
    return row


def _words(request: Request) -> Words:
    given = [each for each in request.FILES.getlist("files") if each.size]
    return Words(
        text=request.POST.get("text", ""), files=[(each.name or "", each.read()) for each in given]
    )
