"""Works of a ticket: shown, put down each once, taken back with a reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed, telling, toast
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.edge.web.workspace.works.forms import ExpenseForm, PartForm, TimeForm, UnitForm
from ambidesk.edge.web.workspace.works.page import KINDS, read_works
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.staff.models import Member
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works import telling as putting
from ambidesk.support.works.models import CountedKind, ExpenseKind
from ambidesk.support.works.putting import Of
from ambidesk.support.works.reversing import reverse


class WrongWork(InvalidInput):
    """Something typed cannot be taken."""

    sentence = gettext_lazy("%(label)s: %(why)s")


def show(request: Request, number: int) -> HttpResponse:
    """Show what was spent, and forms for more."""
    return _panel(request, visible_ticket(request.actor, number))


def put_time(request: Request, number: int) -> HttpResponse:
    """Put down time."""
    ticket = visible_ticket(request.actor, number)
    said = _read(TimeForm(request.POST))
    putting.log_work(
        _of(ticket, said),
        member=_member(request),
        minutes=said["minutes"],
        began_at=said["began_at"],
        by=request.actor,
        at=request.at,
    )
    return _answer(request, ticket, _("Time is put down"))


def put_units(request: Request, number: int) -> HttpResponse:
    """Put down visits, units or points."""
    ticket = visible_ticket(request.actor, number)
    said = _read(UnitForm(request.POST))
    putting.use_units(
        _of(ticket, said),
        member=_member(request),
        unit=CountedKind(said["unit"]),
        quantity=said["quantity"],
        by=request.actor,
        at=request.at,
    )
    return _answer(request, ticket, _("It is put down"))


def put_expense(request: Request, number: int) -> HttpResponse:
    """Put down an expense."""
    ticket = visible_ticket(request.actor, number)
    form = ExpenseForm(request.POST)
    said = _read(form)
    putting.spend(
        _of(ticket, said),
        kind=ExpenseKind(said["kind"]),
        cost=form.money,
        by=request.actor,
        at=request.at,
    )
    return _answer(request, ticket, _("The expense is put down"))


def put_part(request: Request, number: int) -> HttpResponse:
    """Put down a part."""
    ticket = visible_ticket(request.actor, number)
    form = PartForm(request.POST)
    said = _read(form)
    putting.use_part(_of(ticket, said), form.part, by=request.actor, at=request.at)
    return _answer(request, ticket, _("The part is put down"))


def take_back(request: Request, number: int, what: str, fact: int) -> HttpResponse:
    """Take a fact back, with a reason."""
    ticket = visible_ticket(request.actor, number)
    if what not in KINDS:
        raise Http404
    row = KINDS[what].objects.filter(ticket=ticket, pk=fact).first()
    if row is None:
        raise Http404
    reverse(row, note=request.POST.get("words", ""), by=request.actor, at=request.at)
    return _answer(request, ticket, pgettext("a fact", "Taken back"))


def _read(form: forms.Form) -> dict[str, Any]:
    if form.is_valid():
        return form.cleaned_data
    name, errors = next(iter(form.errors.items()))
    raise WrongWork(field=name, label=form.fields[name].label or name, why=errors[0])


def _of(ticket: Ticket, said: dict[str, Any]) -> Of:
    key: UUID = said["key"]
    return Of(key=key, day=said["day"], ticket=ticket, asset=ticket.asset, note=said["note"])


def _member(request: Request) -> Member | None:
    return Member.objects.filter(user=request.actor.user_id).first()


def _answer(request: Request, ticket: Ticket, words: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return changed(request, ticket.pk, words)
    # Read afresh: it may just have been decided what the ticket is.
    response = _panel(request, visible_ticket(request.actor, ticket.pk))
    return telling(response, toast(ticket.pk, words))


def _panel(request: Request, ticket: Ticket) -> HttpResponse:
    page = read_works(ticket, request.actor, at=request.at)
    return render(request, "works/panel.html", {"page": page})
