"""Downloads: how a stranger's file is handed out, whoever asks for it."""

import unicodedata
from typing import BinaryIO, Literal
from urllib.parse import quote

from django.http import FileResponse, Http404

from ambidesk.ground.files.content import RASTERS
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.pictures import HEAD_BYTES, is_showable
from ambidesk.ground.files.storing import path_of
from ambidesk.parties.staff.models import Member

LONGEST = 150
SANDBOX = "default-src 'none'; sandbox"


def handed_out(
    blob: Blob, name: str, *, inline: bool, origins: Literal["same-origin", "cross-origin"]
) -> FileResponse:
    """
    Hand out a file; only a picture is shown in place, and pages of `origins` may hold it.

    Raises:
        Http404: it is gone, or is a picture to be shown that would unpack to too much.
    """
    picture = blob.content_type in RASTERS
    response = FileResponse(
        opened(blob, to_be_shown=inline and picture),
        content_type=blob.content_type if picture else "application/octet-stream",
    )
    response["Content-Disposition"] = disposition(name, inline=inline and picture)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = origins
    response["Cache-Control"] = "private, max-age=3600"
    return response


def shown_photo(
    member: int, *, origins: Literal["same-origin", "cross-origin"] = "same-origin"
) -> FileResponse:
    """
    Show the photo of a colleague to whoever may see that colleague; pages of `origins` may hold it.

    Raises:
        Http404: there is none.
    """
    row = Member.objects.select_related("photo").filter(pk=member).first()
    if row is None or row.photo is None:
        raise Http404
    return handed_out(row.photo, row.name, inline=True, origins=origins)


def opened(blob: Blob, *, to_be_shown: bool) -> BinaryIO:
    """
    Open the content of a blob.

    Raises:
        Http404: it is gone, or is a picture to be shown that would unpack to too much.
    """
    if blob.removed_at:
        raise Http404
    try:
        content = path_of(blob.sha256).open("rb")
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
