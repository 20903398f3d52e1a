"""Filling in a custom field in its place on the card."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.questions import view_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.form import Question
from ambidesk.ground.fields.rules.refusals import FieldRefusal
from ambidesk.ground.fields.rules.spec import Spec
from ambidesk.support.tickets.filling import answers_of, fill


def ask(request: Request, number: int, field: int) -> HttpResponse:
    """Show the control of one field with its value."""
    ticket, spec = visible_ticket(request.actor, number), _spec(field)
    value = answers_of([ticket.pk])[ticket.pk].get(spec.id)
    typed = values.as_typed(value, zone=get_current_timezone())
    return _shown(request, number, spec, typed)


def save(request: Request, number: int, field: int) -> HttpResponse:
    """Fill it in, or empty it."""
    ticket, spec = visible_ticket(request.actor, number), _spec(field)
    typed = request.POST.getlist(spec.name)
    try:
        value = values.typed(spec, typed, zone=get_current_timezone())
        fill(ticket, answers={spec.id: value}, by=request.actor, at=request.at)
    except FieldRefusal as refused:
        response = _shown(request, number, spec, typed, error=str(refused))
        response["HX-Retarget"] = f"#field-form-{spec.id}"
        response["HX-Reswap"] = "outerHTML"
        return response
    return changed(request, number, _("Filled in"))


def _spec(field: int) -> Spec:
    rows = Definition.objects.filter(pk=field, archived_at=None).prefetch_related("options")
    found = rows.first()
    if found is None:
        raise Http404
    return found.spec


def _shown(
    request: Request, number: int, spec: Spec, typed: Sequence[str], *, error: str = ""
) -> HttpResponse:
    question = view_of(Question(spec=spec), list(typed), error=error)
    context = {"number": number, "q": question, "bare": True}
    context["persons"] = reverse("caller-persons")
    status = 422 if error else 200
    return render(request, "ticket/field.html", context, status=status)
