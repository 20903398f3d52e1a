"""Merging, splitting, moving and linking, each with its undo."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets import linking, regrouping
from ambidesk.support.tickets.models import Link, LinkKind, Regrouping, Ticket


class NoSuchTicket(InvalidInput):
    """What was typed names no ticket."""

    sentence = gettext_lazy("There is no ticket “%(typed)s” that you can see.")


def merge(request: Request, number: int) -> HttpResponse:
    """Put this ticket onto another one."""
    source, target = visible_ticket(request.actor, number), _other(request)
    made = regrouping.merge(source, target, by=request.actor, at=request.at)
    words = _("Merged into #%(number)s") % {"number": target.number}
    response = _regrouped(request, target.number, made, words)
    response["HX-Push-Url"] = reverse("ticket", args=[target.number])
    return response


def split(request: Request, number: int) -> HttpResponse:
    """Begin a new ticket with the chosen messages."""
    source = visible_ticket(request.actor, number)
    made = regrouping.split(
        source,
        messages=_messages(request),
        subject=request.POST.get("subject", ""),
        by=request.actor,
        at=request.at,
    )
    words = _("Split off as #%(number)s") % {"number": made.target_id}
    return _regrouped(request, number, made, words)


def move(request: Request, number: int) -> HttpResponse:
    """Put the chosen messages onto another ticket."""
    source, target = visible_ticket(request.actor, number), _other(request)
    made = regrouping.move(
        source, target, messages=_messages(request), by=request.actor, at=request.at
    )
    words = _("Moved to #%(number)s") % {"number": target.number}
    return _regrouped(request, number, made, words)


def undo(request: Request, number: int, regrouped: int) -> HttpResponse:
    """Undo a merge, split or move of this ticket."""
    ticket = visible_ticket(request.actor, number)
    made = Regrouping.objects.select_related("source", "target").filter(pk=regrouped).first()
    if made is None or ticket.pk not in {made.source_id, made.target_id}:
        raise Http404
    regrouping.undo(made, by=request.actor, at=request.at)
    return changed(request, made.source_id, _("Undone"))


def link(request: Request, number: int) -> HttpResponse:
    """Link this ticket with another one."""
    ticket, other = visible_ticket(request.actor, number), _other(request)
    kind = LinkKind.PARENT if request.POST.get("kind") == "parent" else LinkKind.RELATED
    made = linking.link(ticket, other, kind=kind, by=request.actor, at=request.at)
    undo_at = reverse("ticket-link", args=[number, made.pk])
    return changed(request, number, _("Linked"), undo=undo_at, undo_method="DELETE")


def unlink(request: Request, number: int, made: int) -> HttpResponse:
    """Undo a link of this ticket."""
    ticket = visible_ticket(request.actor, number)
    rows = Link.objects.between(ticket, Ticket.objects.visible_to(request.actor))
    found = rows.select_related("source", "target").filter(pk=made).first()
    if found is None:
        raise Http404
    linking.unlink(found, by=request.actor, at=request.at)
    return changed(request, number, _("Unlinked"))


def _regrouped(request: Request, number: int, made: Regrouping, words: str) -> HttpResponse:
    undo_at = reverse("ticket-regrouping", args=[number, made.pk])
    return changed(
        request, number, words, undo=undo_at, undo_method="DELETE", happened={"regrouped": {}}
    )


def _other(request: Request) -> Ticket:
    typed = request.POST.get("other", "").strip()
    given = typed.lstrip("#")
    found = None
    if given.isdecimal() and len(given) < 18:
        found = Ticket.objects.visible_to(request.actor).filter(pk=int(given)).first()
    if found is None:
        raise NoSuchTicket(field="other", typed=typed[:40])
    return found


def _messages(request: Request) -> list[Message]:
    chosen = [each for each in request.POST.getlist("message")[:100] if each.isdecimal()]
    return list(Message.objects.visible_to(request.actor).filter(pk__in=chosen))
