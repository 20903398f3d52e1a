"""Drafts and presence: nothing typed is lost, and colleagues see who answers."""

from collections.abc import Sequence

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.chat import (
    is_chat,
    presence_state,
    presence_words,
    read_presence,
)
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.support.channels.widget.typing import staff_types, typing_visitor
from ambidesk.support.desk.drafting import drop_draft, save_draft
from ambidesk.support.desk.presence import Present, announce
from ambidesk.support.tickets.models import Ticket


class NotADraft(InvalidInput):
    """What was sent is no draft."""


def save(request: Request, number: int) -> HttpResponse:
    """Keep what is typed."""
    ticket = visible_ticket(request.actor, number)
    try:
        given = unpacked(request.body)
    except ValueError as wrong:
        raise NotADraft from wrong
    if not isinstance(given, dict):
        raise NotADraft
    save_draft(
        ticket,
        kind="note" if given.get("kind") == "note" else "reply",
        text=str(given.get("text", ""))[:100_000],
        html=str(given.get("html", ""))[:200_000],
        by=request.actor,
        at=request.at,
    )
    return JsonResponse({"saved": True})


def drop(request: Request, number: int) -> HttpResponse:
    """Throw the draft away."""
    drop_draft(visible_ticket(request.actor, number), by=request.actor)
    return HttpResponse(status=204)


def present(request: Request, number: int) -> HttpResponse:
    """Say that somebody looks at or answers the ticket; hear who else does."""
    ticket = visible_ticket(request.actor, number)
    doing = "answering" if request.POST.get("doing") == "answering" else "looking"
    if is_chat(ticket):
        return _in_chat(request, ticket, doing)
    others = announce(ticket, doing=doing, name=request.user.name, by=request.actor)
    return JsonResponse({"words": _told(others)})


def _in_chat(request: Request, ticket: Ticket, doing: str) -> HttpResponse:
    """In a chat both sides see each other typing."""
    others = announce(ticket, doing=doing, name=request.user.name, by=request.actor)
    if "typing" in request.POST:
        staff_types(ticket.pk, stops=request.POST["typing"] != "1")
    name = typing_visitor(ticket.pk)
    types = _("%(name)s is typing…") % {"name": name} if name else ""
    there = read_presence(ticket)
    told = {"words": presence_words(there), "state": presence_state(there)}
    return JsonResponse({"words": _told(others), "types": types, "there": told})


def _told(others: Sequence[Present]) -> str:
    answering = [each.name for each in others if each.doing == "answering"]
    return _answering(answering) if answering else _looking([each.name for each in others])


def _answering(names: list[str]) -> str:
    words = ngettext("%(names)s is answering", "%(names)s are answering", len(names))
    return words % {"names": ", ".join(names)}


def _looking(names: list[str]) -> str:
    if not names:
        return ""
    words = ngettext("%(names)s is looking", "%(names)s are looking", len(names))
    return words % {"names": ", ".join(names)}
