"""The reader's notices: the list, how many are unread, all read at once."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.notices.sentences import in_words
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.notifications.models import Notice
from ambidesk.support.notifications.reading import read_all
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noticing import count_unread, notices_of

SHOWN = 100
ICONS = {
    "mention": "at-sign",
    "assigned": "user-plus",
    "reply": "mail",
    "followed": "bell",
    "escalated": "arrow-up-to-line",
    "reminder": "alarm-clock",
    "due": "triangle-alert",
    "rule": "workflow",
    "approval": "circle-check",
    "handed": "handshake",
    "late": "hourglass",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A notice as it is listed."""

    number: int
    subject: str
    words: str
    icon: str
    at: datetime
    is_unread: bool


def show(request: Request) -> HttpResponse:
    """List what the reader was told, the latest first."""
    lines = read_lines(request.actor)
    page = {"lines": lines, "user": request.user.pk}
    template = "notices/notices.html#lines" if request.GET.get("part") else "notices/notices.html"
    return render(request, template, page)


def count(request: Request) -> HttpResponse:
    """Say how many are unread, for the bell."""
    number = count_unread(request.actor)
    return render(request, "notices/count.html", {"number": number})


def read(request: Request) -> HttpResponse:
    """Mark everything as read."""
    read_all(by=request.actor, at=request.at)
    return redirect("notices")


def read_lines(actor: Actor) -> list[Line]:
    """Read the latest notices with the subjects of their tickets."""
    notices = list(notices_of(actor)[:SHOWN])
    numbers = {each.subject_id for each in notices}
    seen = Ticket.objects.visible_to(actor).filter(pk__in=numbers)
    subjects = dict(seen.values_list("pk", "subject"))
    return [_line(each, subjects.get(each.subject_id, "")) for each in notices]


def _line(notice: Notice, subject: str) -> Line:
    return Line(
        number=notice.subject_id,
        subject=subject,
        words=in_words(notice),
        icon=ICONS[notice.kind],
        at=notice.at,
        is_unread=notice.read_at is None,
    )
