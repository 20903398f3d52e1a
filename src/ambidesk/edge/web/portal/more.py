"""What does not fit into the bar of a phone: the other places, one's own settings, the way out."""

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request


def show(request: Request) -> HttpResponse:
    """Show them; which there are, the frame knows."""
    return render(request, "portal/more.html")
