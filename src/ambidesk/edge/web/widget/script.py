"""The script: one file for every site, small enough to be no burden, the same for all of them."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

# A site's visitors get a new script within minutes of an upgrade.
KEPT_SECONDS = 300
FILE = Path("widget", "widget.js")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The script as it lies in the package, and packed."""

    plain: bytes
    packed: bytes
    tag: str


def show(request: HttpRequest) -> HttpResponse:
    """Serve the script."""
    found = script()
    if request.headers.get("If-None-Match") == found.tag:
        answer = HttpResponse(status=304)
    else:
        packs = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = HttpResponse(
            found.packed if packs else found.plain, content_type="text/javascript; charset=utf-8"
        )
        if packs:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = found.tag
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@cache
def script() -> Script:
    """
    Read the script once a process.

    Raises:
        Http404: this tree was never built.
    """
    for folder in settings.STATICFILES_DIRS:
        path = Path(folder) / FILE
        if path.exists():
            plain = path.read_bytes()
            tag = f'"{sha256(plain).hexdigest()[:20]}"'
            return Script(plain=plain, packed=gzip.compress(plain, 9, mtime=0), tag=tag)
    raise Http404
