"""Files of the conversation: rights at each request."""

from django.http import Http404, HttpResponseBase

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.texts import storable
from ambidesk.support.conversations.models import Attachment


def show(request: Request, key: str) -> HttpResponseBase:
    """Serve a file to whoever sees its message; `?inline=1` shows a picture in place."""
    if key != storable(key):
        raise Http404
    rows = Attachment.objects.visible_to(request.actor).select_related("blob")
    found = rows.filter(key=key).first()
    if found is None or found.blob.removed_at:
        raise Http404
    inline = request.GET.get("inline") == "1"
    return handed_out(found.blob, found.name, inline=inline, origins="same-origin")
