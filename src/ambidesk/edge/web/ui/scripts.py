"""Scripts for every site: one file each under an address that never changes, packed once."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

# A site's visitors get a new script within minutes of an upgrade.
KEPT_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The script as it lies in the package, and packed."""

    plain: bytes
    packed: bytes
    tag: str


def served(request: HttpRequest, found: Script) -> HttpResponse:
    """Serve a script."""
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


def read_script(file: Path) -> Script:
    """
    Read a script of the built tree.

    Raises:
        Http404: this tree was never built.
    """
    for folder in settings.STATICFILES_DIRS:
        path = Path(folder) / file
        if path.exists():
            plain = path.read_bytes()
            tag = f'"{sha256(plain).hexdigest()[:20]}"'
            return Script(plain=plain, packed=gzip.compress(plain, 9, mtime=0), tag=tag)
    raise Http404
