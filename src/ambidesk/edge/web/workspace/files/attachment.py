"""Files of messages: rights at each request; downloads only, but for pictures told by content."""

import unicodedata
from typing import BinaryIO
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponseBase

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.files.content import RASTERS
from ambidesk.ground.files.pictures import HEAD_BYTES, is_showable
from ambidesk.ground.files.storing import path_of
from ambidesk.support.conversations.models import Attachment

LONGEST = 150
SANDBOX = "default-src 'none'; sandbox"


def show(request: Request, key: str) -> HttpResponseBase:
    """Serve a file to whoever sees its message; `?inline=1` shows a picture in place."""
    attachment = _visible(request, key)
    picture = attachment.blob.content_type in RASTERS
    inline = picture and request.GET.get("inline") == "1"
    response = FileResponse(
        _content(attachment, to_be_shown=inline),
        content_type=attachment.blob.content_type if picture else "application/octet-stream",
    )
    response["Content-Disposition"] = disposition(attachment.name, inline=inline)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _visible(request: Request, key: str) -> Attachment:
    found = Attachment.objects.visible_to(request.actor).select_related("blob").filter(key=key)
    attachment = found.first()
    if attachment is None or attachment.blob.removed_at:
        raise Http404
    return attachment


def _content(attachment: Attachment, *, to_be_shown: bool) -> BinaryIO:
    """Open the content; a picture that would unpack to too much is not there to be shown."""
    try:
        content = path_of(attachment.blob.sha256).open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    if to_be_shown and not is_showable(content.read(HEAD_BYTES)):
        content.close()
        raise Http404
    content.seek(0)
    return content


def disposition(name: str, *, inline: bool) -> str:
    """
    Say how to treat a file and what it is called.

    Signs that are not seen, or turn the direction of writing, are no part of it.
    Source: RFC 6266 with the extended notation of RFC 8187, so that no sign of a name can end it.
    """
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    plain = "".join(
        sign if (sign.isascii() and sign.isalnum()) or sign in ".-_ " else "_" for sign in name
    )
    kind = "inline" if inline else "attachment"
    exact = quote(name[-LONGEST:] or "file", safe="")
    return f"{kind}; filename=\"{plain[-LONGEST:] or 'file'}\"; filename*=UTF-8''{exact}"
