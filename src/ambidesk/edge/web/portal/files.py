"""Files of the conversation: rights at each request."""

from dataclasses import dataclass

from django.http import Http404, HttpResponseBase

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.files.content import RASTERS
from ambidesk.ground.kernel.texts import storable
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.handovers.models import HandoverFile


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file that was said with words."""

    key: str
    name: str
    size_bytes: int
    is_picture: bool

    @classmethod
    def of(cls, file: Attachment | HandoverFile) -> "FileView":
        """Say of a file what a list shows; its blob is read with it."""
        return cls(
            key=file.key,
            name=file.name,
            size_bytes=file.blob.size_bytes,
            is_picture=file.blob.content_type in RASTERS,
        )


def show(request: Request, key: str) -> HttpResponseBase:
    """Serve a file to whoever sees its message; `?inline=1` shows a picture in place."""
    if key != storable(key):
        raise Http404
    rows = Attachment.objects.visible_to(request.actor).select_related("blob")
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    inline = request.GET.get("inline") == "1"
    return handed_out(found.blob, found.name, inline=inline, origins="same-origin")
