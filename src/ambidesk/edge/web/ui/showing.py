"""Showing: files of articles in their place, a video in the pieces that a player asks for."""

import re
from typing import Literal

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from ambidesk.edge.web.ui.downloads import handed_out, opened
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.knowledge.models import ArticleFile

RANGE = re.compile(r"^bytes=(\d{1,15})-(\d{0,15})$")
# What a player gets at once.
PIECE = 4_000_000


def served(request: Request, row: ArticleFile, *, is_public: bool) -> HttpResponseBase:
    """Serve a file of an article; what is for everybody may be kept and held by any page."""
    if row.kind == "video":
        response = _video(request, row)
    else:
        origins: Literal["same-origin", "cross-origin"]
        origins = "cross-origin" if is_public else "same-origin"
        response = handed_out(row.blob, row.name, inline=True, origins=origins)
    if response.status_code < 400:
        kept = "public, max-age=86400" if is_public else "private, max-age=3600"
        response["Cache-Control"] = kept
    return response


def _video(request: Request, row: ArticleFile) -> HttpResponseBase:
    size = row.blob.size_bytes
    asked = RANGE.match(request.headers.get("Range", ""))
    content = opened(row.blob, to_be_shown=False)
    response: HttpResponseBase
    if asked is None:
        response = FileResponse(content, content_type=row.blob.content_type)
    else:
        first = int(asked[1])
        last = min(int(asked[2]) if asked[2] else size - 1, size - 1, first + PIECE - 1)
        with content:
            if first > last:
                return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
            content.seek(first)
            piece = content.read(last - first + 1)
        response = HttpResponse(piece, status=206, content_type=row.blob.content_type)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
