"""What the reader is told of, in which ways; and the browsers that are told."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.notifications.models import OF_STAFF, NoticeKind, Way
from ambidesk.support.notifications.notifying import ways_of
from ambidesk.support.notifications.preferring import prefer_ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One kind with its ways, each chosen or not."""

    kind: NoticeKind
    ways: tuple[tuple[Way, bool], ...]


def show(request: Request) -> HttpResponse:
    """Show the choices."""
    user = request.user.pk
    chosen = ways_of([user])[user]
    page = {
        "choices": [
            Choice(kind=kind, ways=tuple((way, way in chosen[kind]) for way in Way))
            for kind in OF_STAFF
        ],
        "ways": list(Way),
    }
    return render(request, "notices/preferences.html", page)


def save(request: Request) -> HttpResponse:
    """Remember the choices."""
    chosen = set(request.POST.getlist("way"))
    ways = {kind: [way for way in Way if f"{kind}:{way}" in chosen] for kind in OF_STAFF}
    prefer_ways(request.user, ways)
    messages.info(request, _("Saved"))
    return redirect("notice-preferences")
