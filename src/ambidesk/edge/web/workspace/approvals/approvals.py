"""Approvals of a ticket: shown, asked, noted, withdrawn; the file that shows what was noted."""

from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.approvals.panel import read_approvals
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.companies.models import Contact
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.support.approvals import asking
from ambidesk.support.approvals.answering import LARGEST_BYTES, Noted, TooLarge, note_answer
from ambidesk.support.approvals.deciding import Decision
from ambidesk.support.approvals.models import Answer, Approval
from ambidesk.support.approvals.setting import terms
from ambidesk.support.approvals.voiding import withdraw as take_back


def show(request: Request, number: int) -> HttpResponse:
    """Show what was asked."""
    ticket = visible_ticket(request.actor, number)
    page = read_approvals(ticket, request.actor, at=request.at)
    return render(request, "approvals/panel.html", {"page": page})


def ask(request: Request, number: int) -> HttpResponse:
    """Ask those who may."""
    ticket = visible_ticket(request.actor, number)
    typed = request.POST.get("kind", Kind.COST.value)
    wish = asking.Wish(
        kind=Kind(typed) if typed in Kind.values else Kind.COST,
        title=request.POST.get("title", ""),
        words=request.POST.get("words", ""),
        amount=_amount(request.POST.get("amount", "")),
    )
    asking.ask(ticket, wish, by=request.actor, at=request.at)
    return changed(request, number, _("Those who may approve it were asked"))


def note(request: Request, number: int, approval: int) -> HttpResponse:
    """Note what a contact answered."""
    row = _visible(request, number, approval)
    key = request.POST.get("contact", "")
    contacts = Contact.objects.visible_to(request.actor).filter(company=row.company_id)
    contact = contacts.filter(pk=int(key) if key.isdecimal() and len(key) < 18 else 0).first()
    if contact is None:
        raise Http404
    given = request.FILES.get("file")
    if given is not None and (given.size or 0) > LARGEST_BYTES:
        raise TooLarge(field="file")
    noted = Noted(
        contact=contact,
        noted_from=request.POST.get("noted_from", ""),
        file=(given.name or "", given.read()) if given else None,
    )
    said = Decision(
        yes=request.POST.get("answer") == "yes",
        content=request.POST.get("content", row.content),
        words=request.POST.get("words", ""),
    )
    note_answer(row, said, noted=noted, by=request.actor, at=request.at)
    return changed(request, number, _("The answer is noted"))


def withdraw(request: Request, number: int, approval: int) -> HttpResponse:
    """Ask it no longer."""
    take_back(_visible(request, number, approval), by=request.actor, at=request.at)
    return changed(request, number, _("It is not asked any more"))


def file(request: Request, number: int, approval: int) -> HttpResponseBase:
    """Hand out the file that shows an answer."""
    row = _visible(request, number, approval)
    said = Answer.objects.filter(approval=row).select_related("blob").first()
    if said is None or said.blob is None:
        raise Http404
    return handed_out(said.blob, said.file_name, inline=False, origins="same-origin")


def _visible(request: Request, number: int, approval: int) -> Approval:
    ticket = visible_ticket(request.actor, number)
    rows = Approval.objects.visible_to(request.actor).select_related("ticket")
    found = rows.filter(ticket=ticket, pk=approval).first()
    if found is None:
        raise Http404
    return found


def _amount(typed: str) -> Money | None:
    written = "".join(typed.split()).replace(",", ".")
    if not written:
        return None
    try:
        amount = Decimal(written)
    except InvalidOperation as wrong:
        raise asking.NoAmount(field="amount") from wrong
    if not amount.is_finite() or abs(amount) >= asking.MOST_MINOR:
        raise asking.TooMuch(field="amount")
    return Money(amount, terms().currency)
