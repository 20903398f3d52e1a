"""Hooks: messengers call here; 200 is said once what they brought is committed."""

from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse

from ambidesk.support.channels.contract.inbound import HookCall, Unreadable, Unsigned
from ambidesk.support.channels.hooking import take_call

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
