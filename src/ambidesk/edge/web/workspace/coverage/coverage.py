"""The coverage of a ticket: shown, decided otherwise, and left to the contract again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.covered import read_coverage
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.service.contracts.models import VerdictKind
from ambidesk.support.coverage import overruling


class NotAVerdict(InvalidInput):
    """It is none of what can be decided."""

    sentence = gettext_lazy("Choose what it is.")


def show(request: Request, number: int) -> HttpResponse:
    """Show what it is and why."""
    page = read_coverage(visible_ticket(request.actor, number), request.actor)
    return render(request, "coverage/coverage.html", {"page": page})


def overrule(request: Request, number: int) -> HttpResponse:
    """Decide otherwise, with a reason."""
    ticket = visible_ticket(request.actor, number)
    try:
        verdict = VerdictKind(request.POST.get("verdict", ""))
    except ValueError as unknown:
        raise NotAVerdict(field="verdict") from unknown
    words = request.POST.get("words", "")
    overruling.overrule(ticket, verdict, words=words, by=request.actor, at=request.at)
    return changed(request, number, str(verdict.label))


def let_decide(request: Request, number: int) -> HttpResponse:
    """Let the contract decide again."""
    ticket = visible_ticket(request.actor, number)
    overruling.let_decide(ticket, by=request.actor, at=request.at)
    return changed(request, number, _("The contract decides again"))
