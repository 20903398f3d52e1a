"""The door of the settings: the first section that somebody may open."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.sections import sections
from ambidesk.edge.web.ui.requests import Request


def show(request: Request) -> HttpResponse:
    """Go to the first section."""
    open_to = sections(request.actor)
    if not open_to:
        raise Http404
    return redirect(pages.list_url(open_to[0].key))
