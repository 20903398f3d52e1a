"""Hooks: messengers and other systems call here; 2xx is said once what came is committed."""

from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse

from ambidesk.support.channels.contract.inbound import HookCall, Unreadable, Unsigned
from ambidesk.support.channels.hooking import take_call
from ambidesk.support.channels.incoming import handing_in

LONGEST_BYTES: Final = 1024 * 1024


def take(request: HttpRequest, kind: str, hook: str) -> HttpResponse:
    """Take a call; one that is not signed learns nothing, not even whether there is a channel."""
    # What a header says of the length proves nothing: what is read counts.
    body = request.read(LONGEST_BYTES + 1)
    if len(body) > LONGEST_BYTES:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    call = HookCall(headers=headers, body=body)
    try:
        take_call(kind, hook, call=call, at=datetime.now(UTC))
    except Unsigned:
        return HttpResponse(status=404)
    except Unreadable:
        return HttpResponse(status=400)
    return HttpResponse(status=200)


def take_event(request: HttpRequest, kind: str, hook: str, event: str) -> HttpResponse:  # noqa: ARG001 it stands in the call too
    """Take a call of an exchange that puts the kind of event behind the address it was given."""
    return take(request, kind, hook)


def hear(request: HttpRequest, incoming: str) -> HttpResponse:
    """Take what another system tells; whoever does not know the address learns nothing."""
    body = request.read(handing_in.LONGEST_BYTES + 1)
    if len(body) > handing_in.LONGEST_BYTES:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        handing_in.hand_in(
            incoming, call=HookCall(headers=headers, body=body), at=datetime.now(UTC)
        )
    except Unsigned:
        return HttpResponse(status=404)
    except handing_in.TooOften:
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    return HttpResponse(status=202)
