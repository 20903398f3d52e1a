"""Files of messages: rights at each request; downloads only, but for pictures told by content."""

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponseBase

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.files.content import RASTERS
from ambidesk.ground.files.storing import path_of
from ambidesk.support.conversations.models import Attachment

SANDBOX = "default-src 'none'; sandbox"


def show(request: Request, key: str) -> HttpResponseBase:
    """Serve a file to whoever sees its message; `?inline=1` shows a picture in place."""
    found = Attachment.objects.visible_to(request.actor).select_related("blob").filter(key=key)
    attachment = found.first()
    if attachment is None or attachment.blob.removed_at:
        raise Http404
    try:
        content = path_of(attachment.blob.sha256).open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    picture = attachment.blob.content_type in RASTERS
    inline = picture and request.GET.get("inline") == "1"
    response = FileResponse(
        content,
        content_type=attachment.blob.content_type if picture else "application/octet-stream",
    )
    response["Content-Disposition"] = disposition(attachment.name, inline=inline)
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, max-age=3600"
    return response


def disposition(name: str, *, inline: bool) -> str:
    """
    Say how to treat a file and what it is called.

    Source: RFC 6266 with the extended notation of RFC 8187, so that no sign of a name can end it.
    """
    plain = "".join(
        sign if (sign.isascii() and sign.isalnum()) or sign in ".-_ " else "_" for sign in name
    )
    kind = "inline" if inline else "attachment"
    exact = quote(name[:150] or "file", safe="")
    return f"{kind}; filename=\"{plain[:150] or 'file'}\"; filename*=UTF-8''{exact}"
