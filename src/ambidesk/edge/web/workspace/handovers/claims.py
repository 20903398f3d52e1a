"""A claim under warranty: asked, numbered, sent, and how the vendor decided."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.handovers.amounts import amount_of
from ambidesk.edge.web.workspace.handovers.handing import visible_handover
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.support.handovers import claiming
from ambidesk.support.handovers.claiming import NoOutcome, Outcome
from ambidesk.support.handovers.rules.claim import ClaimState


def claim(request: Request, number: int, handover: int) -> HttpResponse:
    """Claim it."""
    row = visible_handover(request, number, handover)
    claiming.claim(row, by=request.actor, at=request.at)
    return changed(request, number, _("Claimed under warranty"))


def note_number(request: Request, number: int, handover: int) -> HttpResponse:
    """Note the number that the vendor gave."""
    row, said = visible_handover(request, number, handover), request.POST.get("rma", "")
    claiming.note_number(row, said, by=request.actor, at=request.at)
    return changed(request, number, _("Noted"))


def note_sent(request: Request, number: int, handover: int) -> HttpResponse:
    """Note that the thing is on its way."""
    row = visible_handover(request, number, handover)
    claiming.note_sent(row, by=request.actor, at=request.at)
    return changed(request, number, _("Noted"))


def settle(request: Request, number: int, handover: int) -> HttpResponse:
    """Note how the vendor decided."""
    row, given = visible_handover(request, number, handover), request.POST.get("outcome", "")
    if given not in ClaimState.values:
        raise NoOutcome(field="outcome")
    outcome = Outcome(state=ClaimState(given), recovered=amount_of(request, "recovered"))
    claiming.settle_claim(row, outcome, by=request.actor, at=request.at)
    return changed(request, number, _("Noted"))
