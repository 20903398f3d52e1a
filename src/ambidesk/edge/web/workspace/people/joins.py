"""Joins of one person: taken apart again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.people.models import Join, Person
from ambidesk.parties.people.parting import part


def undo(request: Request, join: int) -> HttpResponse:
    """Take two persons apart again."""
    seen = Person.objects.visible_to(request.actor).values("pk")
    found = Join.objects.filter(pk=join, one__in=seen, other__in=seen).first()
    if found is None:
        raise Http404
    part(found, by=request.actor, at=request.at)
    messages.info(request, _("They are two again; each has what came by their own addresses."))
    return back_to("person", found.one_id)
