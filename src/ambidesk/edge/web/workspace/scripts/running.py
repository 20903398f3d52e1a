"""Scripts on a ticket: the list of them, and each step of a run."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.macros.choosing import differences
from ambidesk.edge.web.workspace.ticket.answer import changed, shown, telling
from ambidesk.edge.web.workspace.ticket.page import read_page, visible_ticket
from ambidesk.edge.web.workspace.ticket.scripted import with_error
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.macros.previewing import preview_steps
from ambidesk.support.desk.phrasing import fill_many
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.scripts import running
from ambidesk.support.scripts.models import Run
from ambidesk.support.scripts.offering import offers_for, scripts_for
from ambidesk.support.scripts.resuming import walk_of
from ambidesk.support.scripts.rules.flow import StepKind


def show(request: Request, number: int) -> HttpResponse:
    """List the scripts that fit the ticket, those first that propose themselves."""
    ticket = visible_ticket(request.actor, number)
    offers = offers_for(ticket, by=request.actor, at=request.at)
    return render(request, "scripts/list.html", {"ticket": ticket, "offers": offers})


def begin(request: Request, number: int, script: int) -> HttpResponse:
    """Begin a script on the ticket."""
    ticket = visible_ticket(request.actor, number)
    row = scripts_for(ticket, by=request.actor).filter(pk=script).first()
    if row is None:
        raise Http404
    running.begin_run(row, ticket, by=request.actor, at=request.at)
    return shown(request, number, happened={"scripted": {"number": number}})


def pass_step(request: Request, number: int, run: int) -> HttpResponse:
    """Go on: answered, done, or said; an answer that is none stands with its reason."""
    row, given = _run(request, number, run), request.POST.getlist("answer")
    step = int(request.POST.get("step", "0")) if request.POST.get("step", "").isdigit() else 0
    words = _words_to_say(row, by=request.actor) if request.POST.get("use") else ""
    try:
        running.pass_step(row, step, given=given, by=request.actor, at=request.at)
    except InvalidInput as refused:
        if refused.field != "answer":
            raise
        return _unanswered(request, number, run, words=str(refused))
    happened: dict[str, dict[str, object]] = {"scripted": {"number": number}}
    if words:
        happened = {"phrased": {"number": number, "text": words}}
    return shown(request, number, happened=happened)


def back(request: Request, number: int, run: int) -> HttpResponse:
    """Go back to the step before."""
    running.go_back(_run(request, number, run), by=request.actor, at=request.at)
    return shown(request, number, happened={"scripted": {"number": number}})


def stop(request: Request, number: int, run: int) -> HttpResponse:
    """Stop it before its end."""
    running.stop_run(_run(request, number, run), by=request.actor, at=request.at)
    undo = reverse("ticket-run", args=[number, run])
    return changed(request, number, _("The script is stopped."), undo=undo)


def resume(request: Request, number: int, run: int) -> HttpResponse:
    """Take it up again where it was stopped."""
    running.resume_run(_run(request, number, run), by=request.actor, at=request.at)
    return shown(request, number, happened={"scripted": {"number": number}})


def preview(request: Request, number: int, run: int) -> HttpResponse:
    """Say what the step under way would do with the ticket; nothing of it stays."""
    row = _run(request, number, run)
    steps = kept_steps(walk_of(row).step.actions)
    tried = preview_steps(steps, row.ticket, by=request.actor, at=request.at)
    facts = {"preview": tried, "differences": differences(tried)}
    return render(request, "scripts/preview.html", facts)


def _run(request: Request, number: int, run: int) -> Run:
    ticket = visible_ticket(request.actor, number)
    found = Run.objects.filter(ticket=ticket, pk=run).select_related("version__script").first()
    if found is None:
        raise Http404
    # Read already, with all that belongs to it.
    found.ticket = ticket
    return found


def _words_to_say(run: Run, *, by: Actor) -> str:
    step, ticket = walk_of(run).step, run.ticket
    if step.kind is not StepKind.SAY:
        return ""
    text = step.text.said(ticket.requester.language or ticket.brand.language)
    return fill_many(text, [ticket], by=by)[ticket.pk]


def _unanswered(request: Request, number: int, run: int, *, words: str) -> HttpResponse:
    page = read_page(request.actor, number, at=request.at)
    given = request.POST.getlist("answer")
    runs = tuple(
        with_error(each, words, given=given) if each.run.pk == run else each for each in page.runs
    )
    facts = {"page": replace(page, runs=runs)}
    response = render(request, "ticket/ticket.html#pane", facts, status=422)
    return telling(response, {"scripted": {"number": number}})
