"""The composer: an answer leaves after the time to take it back; templates fill it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.edge.web.workspace.ticket.answer import changed, ended, shown, telling
from ambidesk.edge.web.workspace.ticket.chat import is_chat
from ambidesk.edge.web.workspace.ticket.closure import read_instant
from ambidesk.edge.web.workspace.ticket.markup import simple
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.channels.widget.typing import staff_types
from ambidesk.support.conversations.models import Delivery, Message, MessageKind
from ambidesk.support.desk.drafting import (
    draft_again,
    drop_draft,
    files_of,
    save_draft,
)
from ambidesk.support.desk.locking import SomebodyElseSpoke, require_seen
from ambidesk.support.desk.phrasing import count_use, templates_for
from ambidesk.support.tickets.answering import GRACE, Answer
from ambidesk.support.tickets.answering import answer as say
from ambidesk.support.tickets.forwarding import Forwarding, recipients
from ambidesk.support.tickets.forwarding import forward as send_on
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.parties import parties_of
from ambidesk.support.tickets.resending import send_again
from ambidesk.support.tickets.rules.states import State
from ambidesk.support.tickets.withdrawing import withdraw_answer

# The time in which an answer can be taken back before it leaves.
LONGEST = 100_000
LONGEST_LIST = 5_000


def answer(request: Request, number: int) -> HttpResponse:
    """Send an answer, now or later, and perhaps solve the ticket with it."""
    ticket = visible_ticket(request.actor, number)
    if request.POST.get("anyway") != "1":
        try:
            seen, chats = request.POST.get("seen", ""), is_chat(ticket)
            require_seen(ticket, seen, only_colleagues=chats, by=request.actor)
        except SomebodyElseSpoke as spoke:
            return _held(request, ticket, spoke)
    said = _said(request, ticket)
    message = say(ticket, said, by=request.actor, at=request.at)
    drop_draft(ticket, by=request.actor)
    count_use(
        sorted({key for each in request.POST.getlist("template")[:20] if (key := number_of(each))})
    )
    happened = {"answered": {"number": number}}
    if is_chat(ticket):
        staff_types(ticket.pk, stops=True)
    if said.due_at <= request.at and not said.state:
        return shown(request, number, happened=happened)
    undo = reverse("ticket-answer", args=[number, message.pk])
    if said.state:
        return ended(request, number, _("Sent and solved"), undo=undo, happened=happened)
    words = _("Sent") if said.due_at <= request.at + GRACE else _("Will be sent later")
    return changed(request, number, words, undo=undo, undo_method="DELETE", happened=happened)


def forward(request: Request, number: int) -> HttpResponse:
    """Send a message of the ticket on to somebody else."""
    ticket = visible_ticket(request.actor, number)
    original = _message(request, request.POST.get("original", ""))
    addresses = request.POST.get("addresses", "")[:LONGEST_LIST].replace(";", ",").split(",")
    html = request.POST.get("html", "")[:200_000]
    said = Forwarding(
        original=original,
        to=recipients(
            [each for each in addresses if each.strip()], by=request.actor, at=request.at
        ),
        text=request.POST.get("text", "")[:LONGEST],
        html=simple(html) if html else "",
        files=files_of(ticket, request.POST.getlist("file")[:30], by=request.actor),
        without_files=request.POST.get("with_files") != "1",
        due_at=_due(request),
    )
    message = send_on(ticket, said, by=request.actor, at=request.at)
    drop_draft(ticket, by=request.actor)
    undo = reverse("ticket-answer", args=[number, message.pk])
    happened = {"answered": {"number": number}}
    return changed(
        request, number, _("Forwarded"), undo=undo, undo_method="DELETE", happened=happened
    )


def withdraw(request: Request, number: int, message: int) -> HttpResponse:
    """Take an answer back before it leaves; its words stand in the composer again."""
    ticket = visible_ticket(request.actor, number)
    found = _message(request, str(message))
    withdraw_answer(ticket, found, by=request.actor, at=request.at)
    is_forward = found.kind == MessageKind.FORWARD
    addresses = found.deliveries.values_list("recipient__value", flat=True)
    draft = draft_again(ticket, found, by=request.actor, at=request.at)
    restored = {
        "number": number,
        "kind": "forward" if is_forward else draft.kind,
        "addresses": ", ".join(addresses) if is_forward else "",
        "text": draft.text,
        "html": draft.html,
        "files": list(draft.files.order_by("pk").values("key", "name")),
    }
    return changed(request, number, _("Taken back"), happened={"restored": restored})


def _message(request: Request, given: str) -> Message:
    found = None
    if given.isdecimal() and len(given) < 18:
        found = Message.objects.visible_to(request.actor).filter(pk=int(given)).first()
    if found is None:
        raise Http404
    return found


def _held(request: Request, ticket: Ticket, spoke: SomebodyElseSpoke) -> HttpResponse:
    """Hold the answer back once: nothing of it is lost, and it can be sent anyway."""
    number = ticket.number
    if request.headers.get("HX-Request"):
        told = {"spoken": {"number": number, "message": str(spoke)}}
        return telling(HttpResponse(status=spoke.status), told)
    text = request.POST.get("text", "")[:LONGEST]
    save_draft(ticket, kind="reply", text=text, html="", by=request.actor, at=request.at)
    messages.warning(request, str(spoke))
    return back_to("ticket", number)


def again(request: Request, number: int, delivery: int) -> HttpResponse:
    """Send once more what did not reach its recipient."""
    ticket = visible_ticket(request.actor, number)
    found = Delivery.objects.filter(pk=delivery).first()
    if found is None:
        raise Http404
    send_again(ticket, found, by=request.actor, at=request.at)
    return changed(request, number, _("It is sent again."))


def templates(request: Request, number: int) -> HttpResponse:
    """List the templates for this ticket, filled in."""
    ticket = visible_ticket(request.actor, number)
    filled = templates_for(ticket, by=request.actor)
    return render(request, "answering/templates.html", {"templates": filled})


def _said(request: Request, ticket: Ticket) -> Answer:
    chosen = set(request.POST.getlist("to")[:50])
    to = tuple(
        party.identity
        for party in parties_of(ticket)
        if party.is_accepted and str(party.identity.pk) in chosen
    )
    html = request.POST.get("html", "")[:200_000]
    return Answer(
        text=request.POST.get("text", "")[:LONGEST],
        html=simple(html) if html else "",
        to=to,
        files=files_of(ticket, request.POST.getlist("file")[:30], by=request.actor),
        due_at=_due(request, grace=timedelta() if _is_talk(to) else GRACE),
        state=State.SOLVED if request.POST.get("state") == "solved" else None,
    )


def _is_talk(whom: Sequence[Identity]) -> bool:
    """What is said in a chat is said at once, as on every chat."""
    return bool(whom) and whom[0].kind == IdentityKind.VISITOR


def _due(request: Request, *, grace: timedelta = GRACE) -> datetime:
    given = request.POST.get("send_at", "")
    later = read_instant(given, field="send_at") if given else request.at
    return max(later, request.at + grace)
