"""Why a ticket is with just this person, or who would get it now."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.choosing import Line, about, lines_of, names_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.support.routing.choosing import kept_choice
from ambidesk.support.routing.trying import try_on
from ambidesk.support.routing.weighting import terms


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePage:
    """The reasons; `at` is when they decided, None where they are those of now."""

    at: datetime | None
    is_held: bool
    lines: tuple[Line, ...]
    about: tuple[str, ...]


def show(request: Request, number: int) -> HttpResponse:
    """Show the reasons."""
    ticket = visible_ticket(request.actor, number)
    at = None
    kept = kept_choice(ticket)
    if kept:
        reasons, at = kept.reasons, kept.at
    else:
        tried = () if ticket.is_ended else try_on([ticket], terms(), all_there=False, at=request.at)
        if not tried:
            return render(request, "choice/choice.html", {"page": None})
        reasons = tried[0].reasons
    page = ChoicePage(
        at=at,
        is_held=ticket.assignee_id is not None,
        lines=tuple(lines_of(reasons, names_of([reasons]))),
        about=about(reasons),
    )
    return render(request, "choice/choice.html", {"page": page})
