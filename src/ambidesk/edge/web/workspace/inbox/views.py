"""Saved views: asked for, made, changed and dropped."""

from django.http import Http404, HttpResponse

from ambidesk.edge.web.ui.requests import Request


def ask(request: Request) -> HttpResponse:  # noqa: ARG001
    """Show the builder."""
    raise Http404


def create(request: Request) -> HttpResponse:  # noqa: ARG001
    """Save a view."""
    raise Http404


def show(request: Request, saved: int) -> HttpResponse:  # noqa: ARG001
    """Show the builder, filled with a view."""
    raise Http404


def change(request: Request, saved: int) -> HttpResponse:  # noqa: ARG001
    """Change a view."""
    raise Http404


def drop(request: Request, saved: int) -> HttpResponse:  # noqa: ARG001
    """Drop a view."""
    raise Http404
