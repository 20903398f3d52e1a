"""The addresses of incidents: the list, one of them, and each thing that can be decided."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.incidents.page import read_list, read_one, seen
from ambidesk.edge.web.workspace.ticket.answer import telling
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.incidents import announcing, deciding, gathering
from ambidesk.support.incidents import telling as broadcasting
from ambidesk.support.incidents.models import Incident, IncidentState


def show_all(request: Request) -> HttpResponse:
    """Show the incidents; `?part=list` asks for the list alone."""
    page = read_list(request.actor)
    part = "#list" if request.GET.get("part") == "list" else ""
    return render(request, f"incidents/list.html{part}", {"page": page})


def count(request: Request) -> HttpResponse:
    """Show how many have to be decided, nothing where there is none."""
    number = seen(request.actor).filter(state=IncidentState.PROPOSED).count()
    return HttpResponse(str(number or ""), content_type="text/plain; charset=utf-8")


def show(request: Request, incident: int) -> HttpResponse:
    """Show one; `?part=incident` asks for it alone."""
    part = "#incident" if request.GET.get("part") == "incident" else ""
    page = read_one(request.actor, incident, at=request.at)
    return render(request, f"incidents/incident.html{part}", {"page": page})


def accept(request: Request, incident: int) -> HttpResponse:
    """Call it an incident."""
    row, title = _row(request, incident), request.POST.get("title", "")
    deciding.accept(row, title=title, by=request.actor, at=request.at)
    return _told(request, incident, _("It is an incident now: similar tickets join by themselves."))


def dismiss(request: Request, incident: int) -> HttpResponse:
    """Call it chance."""
    deciding.dismiss(_row(request, incident), by=request.actor, at=request.at)
    return _told(request, incident, _("Dismissed"))


def announce(request: Request, incident: int) -> HttpResponse:
    """Show a banner, or take it away."""
    words = {each: request.POST.get(f"banner_{each}", "") for each in ("ru", "en")}
    row = announcing.announce(_row(request, incident), words=words, by=request.actor, at=request.at)
    told = _("Visitors read it now") if row.has_banner else _("The banner is gone")
    return _told(request, incident, told)


def answer(request: Request, incident: int) -> HttpResponse:
    """Answer all its tickets, half a minute from now."""
    row, text = _row(request, incident), request.POST.get("text", "")
    said = broadcasting.answer_all(row, text=text, by=request.actor, at=request.at)
    undo = reverse("incident-broadcast", args=[incident, said.pk])
    return _told(request, incident, _("All will read it in half a minute"), undo=undo)


def take_back(request: Request, incident: int, broadcast: int) -> HttpResponse:
    """Take an answer to all back."""
    said = _row(request, incident).broadcasts.filter(pk=broadcast).first()
    if said is None:
        raise Http404
    told = broadcasting.take_back(said, by=request.actor, at=request.at)
    stopped = ngettext(
        "Stopped: %(n)d had been told already", "Stopped: %(n)d had been told already", told
    )
    words = stopped % {"n": told} if told else _("Taken back: nobody has read it")
    return _told(request, incident, words)


def close(request: Request, incident: int) -> HttpResponse:
    """Call it over and tell all."""
    row, text = _row(request, incident), request.POST.get("text", "")
    deciding.close(row, text=text, by=request.actor, at=request.at)
    words = _("Over: all will be told in half a minute") if text.strip() else _("Over")
    return _told(request, incident, words, undo=reverse("incident-closure", args=[incident]))


def reopen(request: Request, incident: int) -> HttpResponse:
    """Call it open again; what was to be told and is not yet said is taken back."""
    deciding.reopen(_row(request, incident), by=request.actor, at=request.at)
    return _told(request, incident, _("Open again"))


def join(request: Request, incident: int) -> HttpResponse:
    """Add a ticket by its number."""
    given = request.POST.get("number", "").strip().lstrip("#")
    number = int(given) if given.isdecimal() and len(given) < 18 else 0
    ticket = visible_ticket(request.actor, number)
    gathering.join(_row(request, incident), ticket, by=request.actor, at=request.at)
    return _told(request, incident, _("#%(number)s joined") % {"number": number})


def leave(request: Request, incident: int, number: int) -> HttpResponse:
    """Take a ticket out."""
    ticket = visible_ticket(request.actor, number)
    gathering.leave(_row(request, incident), ticket, by=request.actor, at=request.at)
    return _told(request, incident, _("#%(number)s was taken out") % {"number": number})


def _row(request: Request, number: int) -> Incident:
    incident = Incident.objects.visible_to(request.actor).filter(pk=number).first()
    if incident is None:
        raise Http404
    return incident


def _told(request: Request, number: int, words: str, *, undo: str = "") -> HttpResponse:
    if not request.headers.get("HX-Request"):
        messages.info(request, words)
        return back_to("incident", number)
    page = read_one(request.actor, number, at=request.at)
    answered = render(request, "incidents/incident.html#incident", {"page": page})
    told = {"message": words, "kind": "done", "undo_url": undo, "undo_method": "DELETE"}
    return telling(answered, {"toast": told})
