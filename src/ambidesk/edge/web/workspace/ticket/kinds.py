"""Another type for a ticket: what becomes of its fields is shown, then it is done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.edge.web.workspace.ticket.properties import chosen
from ambidesk.ground.fields.models import Definition
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.tickets import describing
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.retyping import foresee


@dataclass(frozen=True, slots=True, kw_only=True)
class RetypingPage:
    """The type that was chosen, and the names of the fields by what becomes of them."""

    ticket: Ticket
    kind: RequestType | None
    kept: tuple[str, ...]
    unasked: tuple[str, ...]
    wanted: tuple[str, ...]


def show(request: Request, number: int) -> HttpResponse:
    """Show what would become of its fields; nothing is changed."""
    ticket = visible_ticket(request.actor, number)
    kind = chosen(RequestType, request.GET.get("type", ""))
    seen = foresee(ticket, kind, at=request.at)
    names = _names((*seen.kept, *seen.unasked, *seen.wanted))
    page = RetypingPage(
        ticket=ticket,
        kind=kind,
        kept=tuple(names[key] for key in seen.kept),
        unasked=tuple(names[key] for key in seen.unasked),
        wanted=tuple(names[key] for key in seen.wanted),
    )
    return render(request, "ticket/retyping.html", {"page": page})


def convert(request: Request, number: int) -> HttpResponse:
    """Make it one of another type."""
    ticket = visible_ticket(request.actor, number)
    kind = chosen(RequestType, request.POST.get("type", ""))
    describing.convert(ticket, request_type=kind, by=request.actor, at=request.at)
    return changed(request, number, _("Type set"))


def _names(keys: Iterable[int]) -> dict[int, str]:
    language = get_language() or "en"
    rows = Definition.objects.in_bulk(list(keys))
    return {key: row.label.said(language) for key, row in rows.items()}
