"""What a change of a ticket answers with: its pane afresh, what islands must hear, and an undo."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import read_page

Happenings = Mapping[str, Mapping[str, Any]]


def changed(
    request: Request,
    number: int,
    message: str,
    *,
    undo: str = "",
    undo_method: str = "POST",
    happened: Happenings | None = None,
) -> HttpResponse:
    """
    Show the ticket afresh with a toast; `undo` is an address that takes the change back.

    `happened` names what islands must hear. Without htmx the ticket's page follows.
    """
    if not request.headers.get("HX-Request"):
        if message:
            messages.info(request, message)
        response = HttpResponse(status=303)
        response["Location"] = reverse("ticket", args=[number])
        return response
    page = read_page(request.actor, number, at=request.at)
    response = render(request, "ticket/ticket.html#pane", {"page": page})
    told = toast(number, message, undo=undo, undo_method=undo_method)
    return telling(response, {**told, **(happened or {})})


def shown(request: Request, number: int, *, happened: Happenings) -> HttpResponse:
    """Show the ticket afresh without a word: what was done stands there to be seen."""
    if not request.headers.get("HX-Request"):
        return changed(request, number, "")
    page = read_page(request.actor, number, at=request.at)
    return telling(render(request, "ticket/ticket.html#pane", {"page": page}), happened)


def ended(
    request: Request, number: int, message: str, *, undo: str, happened: Happenings | None = None
) -> HttpResponse:
    """Say that the ticket is done with for now: the next one of the list takes its place."""
    if not request.headers.get("HX-Request"):
        return changed(request, number, message)
    told = toast(number, message, undo=undo, undo_method="DELETE")
    response = telling(HttpResponse(), {**told, **(happened or {}), "ended": {"number": number}})
    response["HX-Reswap"] = "none"
    return response


def toast(number: int, message: str, *, undo: str = "", undo_method: str = "POST") -> Happenings:
    """Make a toast; an undo leads back to the ticket."""
    back = reverse("ticket", args=[number]) if undo else ""
    facts = {"message": message, "kind": "done", "back_url": back}
    return {"toast": {**facts, "undo_url": undo, "undo_method": undo_method}}


def telling(response: HttpResponse, happened: Happenings) -> HttpResponse:
    """Let islands hear what happened; json.dumps keeps the header ASCII."""
    response["HX-Trigger"] = json.dumps(happened)
    return response
