"""Files of messages and notes: rights at each request; only pictures are shown in place."""

from django.http import Http404, HttpResponseBase

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.tickets.models import NoteFile


def show(request: Request, key: str) -> HttpResponseBase:
    """Serve a file to whoever sees its message or note; `?inline=1` shows a picture in place."""
    attachment = _visible(request, key)
    inline = request.GET.get("inline") == "1"
    return handed_out(attachment.blob, attachment.name, inline=inline, origins="same-origin")


def _visible(request: Request, key: str) -> Attachment | NoteFile:
    for rows in (
        Attachment.objects.visible_to(request.actor),
        NoteFile.objects.visible_to(request.actor),
    ):
        found = rows.filter(key=key).select_related("blob").first()
        if found is not None:
            return found
    raise Http404
