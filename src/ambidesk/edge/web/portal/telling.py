"""What the contact is told of and in which ways; the way out of mails, without signing in."""

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.wall import beyond
from ambidesk.support.notifications.models import OF_CLIENTS, Notice, NoticeKind, Way
from ambidesk.support.notifications.notifying import ways_of
from ambidesk.support.notifications.preferring import (
    end_mails,
    gets_mails,
    prefer_ways,
    whose_mails,
)

WAYS: Final = {Way.MAIL: gettext_lazy("By mail"), Way.PUSH: gettext_lazy("In the browser")}
SENTENCES: Final = {
    NoticeKind.ANSWERED: gettext_lazy("Your request #%(number)s is answered"),
    NoticeKind.STAGE: gettext_lazy("There is progress on your request #%(number)s"),
    NoticeKind.ASKED: gettext_lazy("Your approval is asked for on request #%(number)s"),
    NoticeKind.PROMISED: gettext_lazy("The promised time of your request #%(number)s has changed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One kind with its ways, each chosen or not."""

    kind: NoticeKind
    ways: tuple[tuple[str, object, bool], ...]


def show(request: Request) -> HttpResponse:
    """Show the choices."""
    user = request.user.pk
    chosen = ways_of([user])[user]
    choices = [
        Choice(
            kind=kind,
            ways=tuple((way.value, words, way in chosen[kind]) for way, words in WAYS.items()),
        )
        for kind in OF_CLIENTS
    ]
    page = {"choices": choices, "ways": list(WAYS.values())}
    return render(request, "portal/notifications.html", {"page": page})


def save(request: Request) -> HttpResponse:
    """Remember the choices."""
    chosen = set(request.POST.getlist("way"))
    ways = {kind: [way for way in WAYS if f"{kind}:{way}" in chosen] for kind in OF_CLIENTS}
    with beyond():
        prefer_ways(request.user, ways)
    messages.info(request, _("Saved"))
    return back_to("portal-notifications")


def ask(request: Request, token: str) -> HttpResponse:
    """Show the one button there is: mail scanners follow links, so opening it changes nothing."""
    page = {"gets_mails": gets_mails(_owner(token))}
    return render(request, "portal/unsubscription.html", {"page": page})


def unsubscribe(request: Request, token: str) -> HttpResponse:
    """
    End the mails, whether a button is pressed or a mail program asks by itself.

    Source: RFC 8058 3.2.
    """
    end_mails(_owner(token))
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(status=204)
    return render(request, "portal/unsubscription.html", {"page": {"gets_mails": False}})


def in_words(notice: Notice) -> str:
    """Say a notice in the language of its reader; no word of anybody stands in it."""
    return str(SENTENCES[NoticeKind(notice.kind)]) % {"number": notice.subject_id}


def _owner(token: str) -> User:
    user = whose_mails(token)
    if user is None:
        raise Http404
    return user
