"""What the reader is told of, in which ways; and the browsers that are told."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.support.notifications.models import NoticeKind, Way
from ambidesk.support.notifications.notifying import ways_of
from ambidesk.support.notifications.preferring import prefer_ways
from ambidesk.support.notifications.push.registering import (
    NotABrowser,
    Subscription,
    forget,
    register,
)
from ambidesk.support.notifications.push.signing import key_of_desk


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
            for kind in NoticeKind
        ],
        "ways": list(Way),
    }
    return render(request, "notices/preferences.html", page)


def save(request: Request) -> HttpResponse:
    """Remember the choices."""
    chosen = set(request.POST.getlist("way"))
    ways = {kind: [way for way in Way if f"{kind}:{way}" in chosen] for kind in NoticeKind}
    prefer_ways(request.user, ways)
    messages.info(request, _("Saved"))
    return redirect("notice-preferences")


def key(request: Request) -> HttpResponse:
    """Give the key by which a browser knows us; made when it is first asked for."""
    return JsonResponse({"key": key_of_desk(at=request.at).public})


def subscribe(request: Request) -> HttpResponse:
    """Remember this browser."""
    register(request.user, _subscription(request.body), at=request.at)
    return HttpResponse(status=204)


def unsubscribe(request: Request) -> HttpResponse:
    """Forget this browser."""
    forget(request.user, _subscription(request.body).url)
    return HttpResponse(status=204)


def _subscription(body: bytes) -> Subscription:
    try:
        given = unpacked(body[:5_000])
        keys = given["keys"]
        return Subscription(
            url=str(given["endpoint"]), public_key=str(keys["p256dh"]), auth=str(keys["auth"])
        )
    except (ValueError, KeyError, TypeError) as wrong:
        raise NotABrowser from wrong
