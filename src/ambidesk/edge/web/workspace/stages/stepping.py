"""A ticket begins a process, takes its steps, has its lines ticked off."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.edge.web.workspace.ticket.answer import changed, shown
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.service.workflow.models import Process
from ambidesk.support.stages import moving, ticking


def usable() -> QuerySet[Process]:
    """The processes on which something can begin."""
    return Process.objects.filter(archived_at=None, published__isnull=False)


def show(request: Request, number: int) -> HttpResponse:
    """List the processes that the ticket could go by, or go over to."""
    ticket = visible_ticket(request.actor, number)
    run = ticket.run
    is_under_way = run is not None and not run.is_over
    facts = {"ticket": ticket, "processes": usable(), "is_under_way": is_under_way}
    return render(request, "stages/list.html", facts)


def begin(request: Request, number: int, process: int) -> HttpResponse:
    """Let the ticket go by a process."""
    ticket = visible_ticket(request.actor, number)
    row = process_of(process)
    moving.begin(ticket, row, by=request.actor, at=request.at)
    return changed(request, number, _("It goes by “%(name)s” now.") % {"name": row})


def go(request: Request, number: int, transition: int) -> HttpResponse:
    """Take a step."""
    ticket = visible_ticket(request.actor, number)
    reason = request.POST.get("reason", "")
    run = moving.go(ticket, transition, reason=reason, by=request.actor, at=request.at)
    way = run.version.plan.transition(transition)
    name = way.label.said(get_language() or "en") if way else ""
    return changed(request, number, name)


def tick(request: Request, number: int, stage: int, item: int) -> HttpResponse:
    """Tick a line off, or take the tick back."""
    ticket = visible_ticket(request.actor, number)
    done = bool(number_of(request.POST.get("done", "")))
    ticking.tick(ticket, stage=stage, item=item, done=done, by=request.actor, at=request.at)
    return shown(request, number, happened={})


def process_of(key: int) -> Process:
    """
    Find a process on which something can begin.

    Raises:
        Http404: there is none.
    """
    row = usable().filter(pk=key).first()
    if row is None:
        raise Http404
    return row
