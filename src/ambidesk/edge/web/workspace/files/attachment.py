"""Files of messages: rights at each request; downloads only, but for pictures told by content."""

from django.http import FileResponse, Http404, HttpResponseBase

from ambidesk.edge.web.ui.downloads import SANDBOX, disposition, opened
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.files.content import RASTERS
from ambidesk.support.conversations.models import Attachment


def show(request: Request, key: str) -> HttpResponseBase:
    """Serve a file to whoever sees its message; `?inline=1` shows a picture in place."""
    attachment = _visible(request, key)
    picture = attachment.blob.content_type in RASTERS
    inline = picture and request.GET.get("inline") == "1"
    response = FileResponse(
        opened(attachment.blob, to_be_shown=inline),
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
