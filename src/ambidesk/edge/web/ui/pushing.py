"""Pushing: this browser asks to be told, by whichever audience it is used."""

from django.http import HttpResponse, JsonResponse

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.ground.reach.wall import beyond
from ambidesk.support.notifications.push.registering import (
    NotABrowser,
    Subscription,
    forget,
    register,
)
from ambidesk.support.notifications.push.signing import key_of_desk


def key(request: Request) -> HttpResponse:
    """Give the key by which a browser knows us; made when it is first asked for."""
    with beyond():
        return JsonResponse({"key": key_of_desk(at=request.at).public})


def subscribe(request: Request) -> HttpResponse:
    """Remember this browser."""
    with beyond():
        register(request.user, _subscription(request.body), at=request.at)
    return HttpResponse(status=204)


def unsubscribe(request: Request) -> HttpResponse:
    """Forget this browser."""
    with beyond():
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
