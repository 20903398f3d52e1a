"""A ticket is handed over to a contractor; what they did is taken, sent back or taken back."""

from decimal import Decimal

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.handovers.amounts import amount_of
from ambidesk.edge.web.workspace.handovers.page import read_handed
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.texts import storable
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.workflow.models import Stay
from ambidesk.support.handovers import answering, judging, offering, speaking
from ambidesk.support.handovers.answering import Result
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
    task = Task(
        what=request.POST.get("task", ""),
        words=_words(request),
        stay=stay,
        under_warranty=request.POST.get("warranty") == "1",
    )
    offering.offer(ticket, task, to=row, by=request.actor, at=request.at)
    return changed(request, number, _("Handed over to %(name)s") % {"name": row})


def take(request: Request, number: int, handover: int) -> HttpResponse:
    """Take what was done."""
    judging.take(visible_handover(request, number, handover), by=request.actor, at=request.at)
    return changed(request, number, _("Taken"))


def send_back(request: Request, number: int, handover: int) -> HttpResponse:
    """Let them do it again."""
    row = visible_handover(request, number, handover)
    judging.send_back(row, _words(request), by=request.actor, at=request.at)
    return changed(request, number, _("Sent back for rework"))


def withdraw(request: Request, number: int, handover: int) -> HttpResponse:
    """Take it back."""
    judging.withdraw(visible_handover(request, number, handover), by=request.actor, at=request.at)
    return changed(request, number, _("Taken back"))


def note_acceptance(request: Request, number: int, handover: int) -> HttpResponse:
    """Note that a vendor takes it on, as they answered by mail."""
    answering.accept(visible_handover(request, number, handover), by=request.actor, at=request.at)
    return changed(request, number, _("Noted"))


def note_refusal(request: Request, number: int, handover: int) -> HttpResponse:
    """Note that a vendor does not take it on."""
    row, reason = visible_handover(request, number, handover), request.POST.get("text", "")
    answering.refuse(row, reason, by=request.actor, at=request.at)
    return changed(request, number, _("Noted"))


def note_result(request: Request, number: int, handover: int) -> HttpResponse:
    """Note that a vendor is done, for so much."""
    row = visible_handover(request, number, handover)
    result = Result(words=_words(request), materials=amount_of(request, "cost") or Decimal(0))
    answering.finish(row, result, by=request.actor, at=request.at)
    return changed(request, number, _("Noted"))


def say(request: Request, number: int, handover: int) -> HttpResponse:
    """Write to the contractor."""
    row = visible_handover(request, number, handover)
    speaking.say(row, _words(request), by=request.actor, at=request.at)
    return changed(request, number, _("Written to the contractor"))


def file(request: Request, number: int, handed: str) -> HttpResponseBase:
    """Serve a file that was said with a word."""
    if handed != storable(handed):
        raise Http404
    rows = HandoverFile.objects.visible_to(request.actor).select_related("blob")
    found = rows.filter(key=handed, word__handover__ticket=number).first()
    if found is None:
        raise Http404
    return handed_out(found.blob, found.name, inline=False, origins="same-origin")


def visible_handover(request: Request, number: int, key: int) -> Handover:
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
