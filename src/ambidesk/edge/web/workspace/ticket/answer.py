"""What a change of a ticket answers with: its parts afresh and a toast that can undo it."""

import json

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import read_page


def changed(
    request: Request, number: int, message: str, *, undo: str = "", undo_method: str = "POST"
) -> HttpResponse:
    """Render the ticket's pane afresh, with a toast; `undo` is an address that takes it back."""
    page = read_page(request.actor, number, at=request.at)
    response = render(request, "ticket/ticket.html#pane", {"page": page})
    return toasted(response, message, undo=undo, undo_method=undo_method)


def toasted(
    response: HttpResponse, message: str, *, undo: str = "", undo_method: str = "POST"
) -> HttpResponse:
    """Put a toast onto an answer; json.dumps keeps the header ASCII."""
    toast = {"message": message, "kind": "done", "undo_url": undo, "undo_method": undo_method}
    response["HX-Trigger"] = json.dumps({"toast": toast})
    return response
