"""One request: how it stands, what was said, and a place to write."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.portal.door import ticket_of
from ambidesk.edge.web.portal.files import FileView
from ambidesk.edge.web.portal.uploads import read_files
from ambidesk.edge.web.portal.words import state_of
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.ui.staging import Mark, marks_of
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.wall import beyond
from ambidesk.parties.authority.deciding import mandates_of
from ambidesk.parties.authority.rules.power import Power, Topic, powers, told
from ambidesk.service.sla.models.clock import Clock, GoalKind
from ambidesk.service.workflow.models import Run
from ambidesk.support.channels.portal.confirming import confirm_writer, refuse_writer
from ambidesk.support.channels.portal.saying import Words, comment, stands
from ambidesk.support.conversations.models import Attachment, Delivery, Direction, Message
from ambidesk.support.conversations.wording import worded
from ambidesk.support.tickets.models import State, Ticket

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of the conversation."""

    at: datetime
    name: str
    is_mine: bool
    is_ours: bool
    text: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A goal and by when it is to be kept."""

    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkPage:
    """A request as its client reads it."""

    ticket: Ticket
    state_words: str
    requester: str
    lines: tuple[Line, ...]
    can_write: bool
    can_let_in: bool
    marks: tuple[Mark, ...] = ()
    promises: tuple[Promised, ...] = ()
    key: str = ""
    text: str = ""
    error: str = ""


def show(request: Request, number: int) -> HttpResponse:
    """Show the request."""
    page = _page(request, ticket_of(request, number))
    return render(request, "portal/talk.html", {"page": page})


def write(request: Request, number: int) -> HttpResponse:
    """Say something in it."""
    ticket = ticket_of(request, number)
    text = request.POST.get("text", "")
    try:
        words = Words(text=text, files=read_files(request), key=request.POST.get("key", ""))
        with beyond():
            comment(ticket, words, by=request.actor, at=request.at)
    except InvalidInput as refused:
        page = _page(request, ticket, text=text, error=str(refused))
        return render(request, "portal/talk.html", {"page": page}, status=422)
    return _to(number)


def let_in(request: Request, number: int) -> HttpResponse:
    """Say that whoever wrote this is of the company."""
    ticket = ticket_of(request, number)
    with beyond():
        confirm_writer(ticket, by=request.actor, at=request.at)
    return _to(number)


def turn_away(request: Request, number: int) -> HttpResponse:
    """Say that whoever wrote this is not of the company."""
    ticket = ticket_of(request, number)
    with beyond():
        refuse_writer(ticket, by=request.actor, at=request.at)
    messages.info(request, _("It is no matter of your company any more."))
    return back_to("portal")


def _page(request: Request, ticket: Ticket, *, text: str = "", error: str = "") -> TalkPage:
    held = mandates_of(request.actor)
    place = stands(ticket)
    allowed = powers(held, place, at=request.at)
    names = Topic.NAMES in told(held, place, at=request.at)
    is_over = ticket.state == State.CLOSED or ticket.suspended
    return TalkPage(
        ticket=ticket,
        state_words=state_of(ticket.state),
        requester=_named(ticket, request.actor, names=names),
        lines=tuple(_lines(ticket, request.actor, names=names)),
        can_write=Power.COMMENT in allowed and not is_over,
        can_let_in=ticket.suspended and Power.MANAGE in allowed,
        marks=_marks(ticket, at=request.at),
        promises=_promises(ticket),
        key=request.POST.get("key", "") if error else secrets.token_urlsafe(16),
        text=text,
        error=error,
    )


def _marks(ticket: Ticket, *, at: datetime) -> tuple[Mark, ...]:
    """The stages of its process, if it goes by one."""
    run = Run.objects.select_related("version").filter(pk=ticket.run_id or 0).first()
    if run is None:
        return ()
    stays = list(run.stays.select_related("version").order_by("pk"))
    return marks_of(run.version.plan, stays, at=at)


def _promises(ticket: Ticket) -> tuple[Promised, ...]:
    """What is promised about it and not yet kept."""
    if ticket.promise_id is None or ticket.state in {State.SOLVED, State.CLOSED}:
        return ()
    rows = Clock.objects.filter(promise=ticket.promise_id, met_at=None, due_at__isnull=False)
    return tuple(
        Promised(name=str(GoalKind(row.goal).label), due_at=row.due_at)
        for row in rows.order_by("due_at")
        if row.due_at
    )


def _named(ticket: Ticket, actor: Actor, *, names: bool) -> str:
    if ticket.requester_id == actor.id:
        return _("You")
    return ticket.requester.called if names else _("A colleague")


def _lines(ticket: Ticket, actor: Actor, *, names: bool) -> Sequence[Line]:
    seen = Message.objects.visible_to(actor)
    rows = seen.filter(filings__ticket=ticket, filings__withdrawn_at=None).distinct()
    shown = rows.select_related(
        "author", "sender__person__head", "speaker__person__head", "thread__channel__brand"
    )
    messages = list(shown.order_by("-pk")[:SHOWN])[::-1]
    files: dict[int, list[Attachment]] = {}
    attached = Attachment.objects.visible_to(actor).filter(message__in=[m.pk for m in messages])
    for row in attached.select_related("blob").order_by("pk"):
        files.setdefault(row.message_id, []).append(row)
    addressed = _addressed(ticket, actor, messages)
    return [
        _line(
            each,
            actor,
            names=names,
            files=files.get(each.pk, []),
            text=_words(each) if each.pk in addressed else each.new_text or each.text,
        )
        for each in messages
    ]


def _words(message: Message) -> str:
    """What a machine of ours wrote to the reader; its links lie where no client reads."""
    with beyond():
        return worded(message).text


def _addressed(ticket: Ticket, actor: Actor, messages: Sequence[Message]) -> frozenset[int]:
    """What a machine of ours wrote to this contact: its links with secrets are nobody else's."""
    ours = {each.pk for each in messages if each.automatic}
    sent = Delivery.objects.filter(message__in=ours)
    sent_to = list(sent.values_list("message", "recipient__person"))
    mine = {message for message, person in sent_to if person == actor.id}
    if ticket.requester_id == actor.id:
        # What went to nobody by name was written to whoever asked.
        mine |= ours - {message for message, _person in sent_to}
    return frozenset(mine)


def _line(
    message: Message, actor: Actor, *, names: bool, files: Sequence[Attachment], text: str
) -> Line:
    is_ours = message.direction == Direction.OUTBOUND
    is_mine = bool(message.sender and message.sender.person_id == actor.id)
    if is_ours:
        author = message.author.name if message.author and not message.automatic else ""
        name = author or message.thread.channel.brand.name
    elif is_mine:
        # Of those who share a login each reads which of them it was.
        name = message.spoken_by or _("You")
    else:
        name = _colleague(message) if names else _("A colleague")
    return Line(
        at=message.recorded_at,
        name=name,
        is_mine=is_mine,
        is_ours=is_ours,
        text=text,
        files=tuple(map(FileView.of, files)),
    )


def _colleague(message: Message) -> str:
    called = message.sender.person.called if message.sender else _("A colleague")
    if not message.spoken_by:
        return called
    return _("%(login)s, speaking: %(name)s") % {"login": called, "name": message.spoken_by}


def _to(number: int) -> HttpResponse:
    response = HttpResponseRedirect(reverse("portal-request", args=[number]) + "#end")
    response.status_code = 303
    return response
