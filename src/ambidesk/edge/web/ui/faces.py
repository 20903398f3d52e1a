"""
Faces: what pages for customers look like, and which addresses a brand's own host answers.

On the host of one brand there is nothing of another and nothing of the desk.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ambidesk.edge.web.ui.errors import forbidden
from ambidesk.parties.brands.models import Brand

# The addresses that a brand's own host answers.
PUBLIC = "ambidesk.wiring.faces"
# So long a new address of a brand may be unknown to a process that has asked before.
KEPT_SECONDS = 5.0
INK_LIGHT, INK_DARK = "#ffffff", "#12152b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A brand as its customers see it; `ink` is readable on the accent."""

    name: str
    accent: str
    ink: str
    language: str


def face_of(brand: Brand) -> Face:
    """The face of a brand."""
    return Face(
        name=brand.name, accent=brand.accent, ink=ink_on(brand.accent), language=brand.language
    )


def ink_on(colour: str) -> str:
    """
    Black or white, whichever is read better on a colour given as #rrggbb.

    Source: WCAG 2.2, "relative luminance" and "contrast ratio".
    """
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return INK_LIGHT if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.057 else INK_DARK


def on_faces(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let the own host of a brand answer by that brand's pages only."""

    def answer(request: HttpRequest) -> HttpResponse:
        brand = brand_at(request)
        if brand is None:
            return get_response(request)
        request.urlconf = PUBLIC
        with in_its_ways(brand, brand.language):
            return get_response(request)

    return answer


@contextmanager
def in_its_ways(brand: Brand, language: str) -> Iterator[None]:
    """Speak a language to customers of a brand, and tell the brand's time."""
    with translation.override(language), timezone.override(brand.clock):
        yield


def brand_at(request: HttpRequest) -> Brand | None:
    """
    The brand on whose own host the request came; None at the address of the desk.

    However the host is written, with a port or the dot of the root, it is that of the brand.
    """
    host, desk = _normal(request.get_host()), _normal(urlsplit(settings.BASE_URL).netloc)
    if host == desk:
        return None
    hosts = _hosts()
    name = split_domain_port(host)[0]
    other = hosts.get(name) if name != split_domain_port(desk)[0] else None
    return hosts.get(host) or other


def _normal(host: str) -> str:
    name, port = split_domain_port(host.lower())
    return name if port in {"", "80", "443"} else f"{name}:{port}"


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """It cannot be answered, told in the face of the host's brand as if there were nothing."""
    return gone(request, brand_at(request), status=404)


def gone(request: HttpRequest, brand: Brand | None, *, status: int) -> HttpResponse:
    """Say that a link leads nowhere any more; without a brand in nobody's face."""
    face = face_of(brand) if brand else None
    return render(request, "ui/face/gone.html", {"face": face}, status=status)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 named by Django
    """A form lay open too long, or came from elsewhere: told as all else is on this host."""
    brand = brand_at(request)
    if brand is not None:
        return gone(request, brand, status=403)
    return forbidden(request)


def broken(_request: HttpRequest) -> HttpResponse:
    """Something broke: a page that asks the database nothing, and so names no brand."""
    return HttpResponse(render_to_string("ui/face/broken.html"), status=500)


_lock = threading.Lock()
_known: dict[str, tuple[float, dict[str, Brand]]] = {}


def _hosts() -> dict[str, Brand]:
    name = str(connection.settings_dict["NAME"])
    with _lock:
        since, hosts = _known.get(name, (0.0, {}))
        if since and monotonic() - since < KEPT_SECONDS:
            return hosts
    try:
        rows = list(Brand.objects.exclude(web="").filter(archived_at=None))
    except DatabaseError:
        # What answers without a database, such as a sign of life, must go on doing so.
        return hosts
    names = {split_domain_port(brand.host)[0]: brand for brand in rows}
    found = names | {_normal(brand.host): brand for brand in rows}
    with _lock:
        _known[name] = (monotonic(), found)
    return found


def forget_hosts() -> None:
    """Ask the database again at the next request."""
    with _lock:
        _known.clear()
