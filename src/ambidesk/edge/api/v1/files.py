"""Files: brought before something is said with them, and handed out as they came."""

from typing import Any

from django.http import FileResponse, Http404
from ninja import File
from ninja.files import UploadedFile

from ambidesk.edge.api.bodies import require_storable
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import Content, operation
from ambidesk.edge.api.schemas import Output
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import path_of
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.conversations.uploading import LARGEST_BYTES, TooLarge, bring, put_back
from ambidesk.support.tickets.models import NoteFile
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Messages and notes"


class UploadOut(Output):
    """A file that waits to be sent; name its `key` in an answer, a note or a new ticket."""

    key: str
    name: str
    size_bytes: int
    content_type: str


@operation("POST", "uploads", right=TicketRight.SEE, name="uploadFile", gives=UploadOut, status=201)
def upload(request: Call, file: File[UploadedFile]) -> dict[str, Any]:
    """
    Bring a file

    Send it as multipart/form-data, up to 20 MB. It waits a day for the one answer, note or new
    ticket that names its key. Its type is told by its content, never by its name.
    """
    if (file.size or 0) > LARGEST_BYTES:
        raise TooLarge(field="file", name=(file.name or "")[:80])
    name = file.name or ""
    require_storable(name)
    kept = bring(name=name, content=file.read(), by=request.actor, at=request.at)
    return {
        "key": kept.key,
        "name": kept.name,
        "size_bytes": kept.blob.size_bytes,
        "content_type": kept.blob.content_type,
    }


@operation("DELETE", "uploads/{str:key}", right=TicketRight.SEE, name="dropUpload")
def drop(request: Call, key: str) -> None:
    """Forget a file that nothing was said with"""
    put_back(key[:43], by=request.actor)


@operation("GET", "files/{str:key}", right=TicketRight.SEE, name="getFile", gives=Content)
def show(request: Call, key: str) -> FileResponse:
    """
    Fetch a file

    Its type is never trusted: it comes as a download.
    """
    return download(_content(request, key[:43]))


def download(blob: Blob) -> FileResponse:
    """
    Hand a file out as something that nothing opens by itself.

    Raises:
        Http404: it is lost.
    """
    try:
        content = path_of(blob.sha256).open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    answer = FileResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def content_of(blob: Blob) -> bytes:
    """Read a file that was brought to be said with something."""
    return path_of(blob.sha256).read_bytes()


def _content(request: Call, key: str) -> Blob:
    """Of a message or of a note, whichever bears the key; only where the caller sees it."""
    for rows in (
        Attachment.objects.visible_to(request.actor),
        NoteFile.objects.visible_to(request.actor),
    ):
        found = rows.filter(key=key, blob__removed_at=None).select_related("blob").first()
        if found is not None:
            return found.blob
    raise Http404
