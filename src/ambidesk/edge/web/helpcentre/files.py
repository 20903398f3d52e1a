"""Files of published articles: pictures and video in their place, everything else a download."""

import re

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from ambidesk.edge.web.helpcentre.door import brand_of
from ambidesk.edge.web.ui.downloads import handed_out, opened
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.knowledge.models import ArticleFile
from ambidesk.support.knowledge.shelving import public_file

RANGE = re.compile(r"^bytes=(\d{1,15})-(\d{0,15})$")
# What a player gets at once.
PIECE = 4_000_000


def show(request: Request, brand: str, picture: str) -> HttpResponseBase:
    """Serve a file that a published text shows or links."""
    row = public_file(brand_of(request, brand), picture)
    if row is None:
        raise Http404
    return served(request, row)


def served(request: Request, row: ArticleFile) -> HttpResponseBase:
    """Serve a file of an article; a video in the pieces that a player asks for."""
    if row.kind == "video":
        return _video(request, row)
    response = handed_out(row.blob, row.name, inline=True, origins="cross-origin")
    response["Cache-Control"] = "public, max-age=86400"
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
    response["Cache-Control"] = "public, max-age=86400"
    return response
