"""Assignee, team, priority, category, tags, subject and notes."""

from typing import TypeVar

from django.db.models import Model, Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, Tag
from ambidesk.support.desk.drafting import drop_draft, files_of
from ambidesk.support.tickets import assigning, describing, noting
from ambidesk.support.tickets.models import Priority

M = TypeVar("M", bound=Model)


def assign(request: Request, number: int) -> HttpResponse:
    """Put a member and a team in charge; `assignee=me` takes the ticket."""
    ticket = visible_ticket(request.actor, number)
    assignee, team = ticket.assignee, ticket.team
    if "assignee" in request.POST:
        assignee = _member(request, request.POST["assignee"])
    if "team" in request.POST:
        team = chosen(Team, request.POST["team"])
    assigning.assign(ticket, assignee=assignee, team=team, by=request.actor, at=request.at)
    words = _("Assigned to %(name)s") % {"name": assignee.name} if assignee else _("Unassigned")
    return changed(request, number, words)


def prioritise(request: Request, number: int) -> HttpResponse:
    """Set the priority."""
    ticket = visible_ticket(request.actor, number)
    priority = next((p for p in Priority if str(p.value) == request.POST.get("priority")), None)
    if priority is None:
        raise Http404
    describing.prioritise(ticket, priority=priority, by=request.actor, at=request.at)
    return changed(request, number, str(priority.label))


def categorise(request: Request, number: int) -> HttpResponse:
    """Say what it is about."""
    ticket = visible_ticket(request.actor, number)
    category = chosen(Category, request.POST.get("category", ""))
    describing.categorise(ticket, category=category, by=request.actor, at=request.at)
    return changed(request, number, _("Category set"))


def rename(request: Request, number: int) -> HttpResponse:
    """Set the subject."""
    ticket = visible_ticket(request.actor, number)
    subject = request.POST.get("subject", "")
    describing.rename(ticket, subject=subject, by=request.actor, at=request.at)
    return changed(request, number, _("Subject set"))


def tag(request: Request, number: int) -> HttpResponse:
    """Put a tag on by its word."""
    ticket = visible_ticket(request.actor, number)
    word = request.POST.get("tag", "").strip()
    found = Tag.objects.filter(archived_at=None, name__iexact=word).first()
    if found is None:
        raise Http404
    describing.tag(ticket, add=[found], by=request.actor, at=request.at)
    undo = reverse("ticket-tag", args=[number, found.pk])
    return changed(request, number, _("Tagged"), undo=undo, undo_method="DELETE")


def untag(request: Request, number: int, tag: int) -> HttpResponse:
    """Take a tag off."""
    ticket = visible_ticket(request.actor, number)
    off = Tag.objects.filter(pk=tag)
    describing.tag(ticket, remove=off, by=request.actor, at=request.at)
    return changed(request, number, _("Tag removed"))


def note(request: Request, number: int) -> HttpResponse:
    """Leave an internal remark."""
    ticket = visible_ticket(request.actor, number)
    files = files_of(ticket, request.POST.getlist("file")[:30], by=request.actor)
    text = request.POST.get("text", "")
    noting.note(ticket, text=text, files=files, by=request.actor, at=request.at)
    drop_draft(ticket, by=request.actor)
    return changed(request, number, _("Note saved"), happened={"answered": {"number": number}})


def chosen(model: type[M], given: str) -> M | None:
    """
    Give the row that was chosen, if one was.

    Raises:
        Http404: there is none.
    """
    if not given:
        return None
    found = model._default_manager.filter(pk=_number(given)).first()  # noqa: SLF001 Django's name
    if found is None:
        raise Http404
    return found


def _member(request: Request, given: str) -> Member | None:
    if not given:
        return None
    by = Q(user=request.user) if given == "me" else Q(pk=_number(given))
    found = Member.objects.filter(by, user__is_active=True).select_related("user").first()
    if found is None:
        raise Http404
    return found


def _number(given: str) -> int:
    if not given.isdecimal() or len(given) > 18:
        raise Http404
    return int(given)
