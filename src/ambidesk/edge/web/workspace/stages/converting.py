"""A ticket goes over to another process: shown beforehand, then done."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.edge.web.workspace.stages.stepping import process_of
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.rules.plan import Stage
from ambidesk.support.stages import converting
from ambidesk.support.stages.converting import Preview
from ambidesk.support.stages.sensing import field_names
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionPage:
    """What becomes of stage, clock, checklist and fields."""

    ticket: Ticket
    process: Process
    stage: int
    targets: tuple[tuple[int, str], ...]
    left: str
    continues: bool
    has_deadline: bool
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    asked: tuple[str, ...]
    unasked: tuple[str, ...]


def show(request: Request, number: int, process: int) -> HttpResponse:
    """Show what would become of the ticket; nothing is changed."""
    ticket, row = visible_ticket(request.actor, number), process_of(process)
    stage = number_of(request.GET.get("stage", "")) or None
    seen = converting.preview(ticket, row, stage=stage)
    page = _page(ticket, row, seen)
    return render(request, "stages/convert.html", {"page": page})


def convert(request: Request, number: int, process: int) -> HttpResponse:
    """Do what was shown."""
    ticket, row = visible_ticket(request.actor, number), process_of(process)
    stage = number_of(request.POST.get("stage", "")) or None
    converting.convert_run(ticket, row, stage=stage, by=request.actor, at=request.at)
    return changed(request, number, _("It goes by “%(name)s” now.") % {"name": row})


def _page(ticket: Ticket, process: Process, seen: Preview) -> ConversionPage:
    language, names, becomes = get_language() or "en", field_names(), seen.becomes

    def said(stage: Stage) -> str:
        return stage.name.said(language)

    return ConversionPage(
        ticket=ticket,
        process=process,
        stage=becomes.stage.id,
        targets=tuple((each.id, said(each)) for each in seen.targets),
        left=", ".join(map(said, becomes.left)),
        continues=becomes.continues is not None,
        has_deadline=becomes.stage.deadline is not None,
        kept=tuple(
            item.text.said(language)
            for item in becomes.stage.checklist
            if item.id in becomes.ticked
        ),
        dropped=tuple(item.text.said(language) for item in becomes.dropped),
        asked=tuple(str(names.get(key, key)) for key in becomes.asked),
        unasked=tuple(str(names.get(key, key)) for key in becomes.unasked),
    )
