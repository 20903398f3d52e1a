"""Files of a talk: brought within limits, fetched with a pass, shown only when they are rasters."""

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.widget.door import HOUR, Limit, address_of, limit, of_visitor, preflight
from ambidesk.edge.web.widget.passes import bearer
from ambidesk.ground.files.content import RASTERS
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.channels.widget.bringing import LARGEST_BYTES, TooLarge, bring, put_back
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.talk import file_of

SLACK_BYTES = 100_000
FROM_ADDRESS = 300


class NoFile(InvalidInput):
    """Nothing came."""


@of_visitor
def keep(request: Request, visitor: Visitor) -> HttpResponse:
    """Keep a file that is to be sent."""
    limit(
        Limit(what=f"file:{visitor.pk}", most=60, seconds=HOUR),
        # Whoever begins one conversation after the other fills no disk either.
        Limit(
            what=f"file:{visitor.channel_id}:{address_of(request)}",
            most=FROM_ADDRESS,
            seconds=HOUR,
        ),
    )
    # Told before a byte of it is read: what is too large is not even parsed.
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BYTES + SLACK_BYTES:
        raise TooLarge(field="file", name="")
    upload = request.FILES.get("file")
    if upload is None or upload.size is None:
        raise NoFile(field="file")
    name = upload.name or ""
    if upload.size > LARGEST_BYTES:
        raise TooLarge(field="file", name=name[:80])
    kept = bring(visitor, name=name, content=upload.read(), at=request.at)
    told = {"key": kept.key, "name": kept.name, "picture": kept.blob.content_type in RASTERS}
    return JsonResponse(told, status=201)


@of_visitor
def drop(_request: Request, visitor: Visitor, file: str) -> HttpResponse:
    """Forget a file that was not sent."""
    put_back(visitor, file)
    return HttpResponse(status=204)


def preflight_one(request: Request, widget: str, file: str) -> HttpResponseBase:
    """Tell a browser whether a page may ask for a file to be forgotten."""
    del file
    return preflight(request, widget)


def show(request: Request, widget: str, file: str) -> HttpResponseBase:
    """Serve a file to the browser that its pass was given to; rights are looked up each time."""
    attachment = file_of(bearer(request, widget, key=file), file, at=request.at)
    if attachment is None:
        raise Http404
    inline = request.GET.get("download") != "1"
    return handed_out(attachment.blob, attachment.name, inline=inline, origins="cross-origin")
