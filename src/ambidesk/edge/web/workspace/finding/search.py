"""Search over everything that the actor sees."""

from django.http import Http404, HttpResponse

from ambidesk.edge.web.ui.requests import Request


def show(request: Request) -> HttpResponse:  # noqa: ARG001
    """Show what was found."""
    raise Http404
