"""Batches of the reader: begun from what is chosen in the list, watched, stopped, undone."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.bulk.asking import numbers_of, steps_of
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.edge.web.workspace.ticket.answer import telling
from ambidesk.support.desk.batches import ending
from ambidesk.support.desk.batches.beginning import begin, begin_macro
from ambidesk.support.desk.batches.counting import Report, report_on, reports_on
from ambidesk.support.desk.macros.choosing import macros_for
from ambidesk.support.desk.models import Batch, Macro
from ambidesk.support.tickets.models import Ticket

SHOWN = 50


def show_all(request: Request) -> HttpResponse:
    """List what the reader changed at once lately."""
    rows = Batch.objects.filter(user=request.user, total__gt=1).select_related("macro")
    reports = reports_on(list(rows.order_by("-pk")[:SHOWN]))
    return render(request, "bulk/batches.html", {"reports": reports})


def create(request: Request) -> HttpResponse:
    """Change the chosen tickets."""
    numbers = numbers_of(request)
    macro = _macro(request, numbers) if request.POST.get("macro") else None
    if macro:
        batch = begin_macro(macro, numbers, by=request.actor, at=request.at)
    else:
        batch = begin(steps_of(request), numbers, by=request.actor, at=request.at)
    report = report_on(batch)
    undo = "" if batch.is_moving or not report.done else reverse("batch-undoing", args=[batch.pk])
    return _told(request, report, _changed_words(report), undo=undo)


def show(request: Request, batch: int) -> HttpResponse:
    """Show how far a batch is."""
    report = report_on(_own(request, batch))
    return render(request, "bulk/report.html", {"report": report})


def stop(request: Request, batch: int) -> HttpResponse:
    """Stop a batch where it is."""
    row = ending.stop(_own(request, batch), by=request.actor, at=request.at)
    return render(request, "bulk/report.html", {"report": report_on(row)})


def undo(request: Request, batch: int) -> HttpResponse:
    """Undo a batch, as far as nobody changed its tickets since."""
    row = ending.undo(_own(request, batch), by=request.actor, at=request.at)
    report = report_on(row)
    if row.total == 1 and report.refused:
        return _told(request, report, report.refused[0].refusal)
    return _told(request, report, _("Undone"))


def _told(request: Request, report: Report, words: str, *, undo: str = "") -> HttpResponse:
    """Answer with a toast; what refused or is under way is shown in a report."""
    page = {"report": report}
    if not request.headers.get("HX-Request"):
        return render(request, "bulk/batches.html", {"reports": [report]})
    told = {"message": words, "kind": "done", "undo_url": undo, "undo_method": "POST"}
    happened: dict[str, dict[str, object]] = {"batched": {}}
    if report.batch.is_moving or (report.refused and report.batch.total > 1):
        return telling(render(request, "bulk/report.html", page), happened)
    return telling(HttpResponse(), {**happened, "toast": told})


def _changed_words(report: Report) -> str:
    words = ngettext("%(n)s ticket changed", "%(n)s tickets changed", report.done)
    return words % {"n": report.done}


def _own(request: Request, key: int) -> Batch:
    row = Batch.objects.filter(pk=key, user=request.user).select_related("macro").first()
    if row is None:
        raise Http404
    return row


def _macro(request: Request, numbers: list[int]) -> Macro:
    rows = Ticket.objects.visible_to(request.actor).filter(pk__in=numbers)
    brands = set(rows.order_by().values_list("brand", flat=True).distinct())
    key = number_of(request.POST.get("macro", ""))
    found = macros_for(brands, by=request.actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found
