"""Files of messages: rights at each request; downloads only, but for pictures told by content."""

from django.http import Http404, HttpResponseBase

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.conversations.models import Attachment


def show(request: Request, key: str) -> HttpResponseBase:
    """Serve a file to whoever sees its message; `?inline=1` shows a picture in place."""
    attachment = _visible(request, key)
    inline = request.GET.get("inline") == "1"
    return handed_out(attachment.blob, attachment.name, inline=inline, origins="same-origin")


def _visible(request: Request, key: str) -> Attachment:
    found = Attachment.objects.visible_to(request.actor).select_related("blob").filter(key=key)
    attachment = found.first()
    if attachment is None or attachment.blob.removed_at:
        raise Http404
    return attachment
