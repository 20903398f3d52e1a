"""
The banner of a mass fault: told to every open page, and taken up by one press.

What a crowd asks at once is kept for a second: the database is asked once, whoever is connected.
"""

import threading
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic
from typing import Any

from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.widget.door import (
    Limit,
    answered,
    body_of,
    key_of,
    limit,
    of_visitor,
    text_of,
)
from ambidesk.support.channels.widget.concurring import BannerGone, concur
from ambidesk.support.channels.widget.connecting import widget_of
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.conversations.models import Channel
from ambidesk.support.incidents.announcing import Banner, active_banner

# A browser waits longer than this after a hint: what it is told then is never older than the hint.
KEPT_SECONDS = 1.0
MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A widget and the banner of its brand, as they were at an instant of the process."""

    channel: Channel
    banner: Banner | None
    since: float


_lock = threading.Lock()
_kept: dict[str, Kept] = {}


def show(request: Request, widget: str) -> HttpResponseBase:
    """Tell a page of a listed origin what its visitors shall read, whoever they are."""
    kept = keep(widget)
    banner = kept.banner if kept else None
    language = "ru" if request.GET.get("language", "").startswith("ru") else "en"

    def told(_channel: Channel) -> HttpResponseBase:
        return JsonResponse({"banner": banner_shape(banner, language=language)})

    return answered(request, kept.channel if kept else None, told)


@of_visitor
def take_up(request: Request, visitor: Visitor) -> HttpResponseBase:
    """The visitor has this too: their talk joins what the banner tells of."""
    limit(Limit(what=f"banner:{visitor.pk}", most=10, seconds=MINUTE))
    body = body_of(request)
    banner = active_banner(visitor.channel.brand_id)
    if banner is None or mark_of_banner(banner) != text_of(body, "banner", longest=20):
        raise BannerGone
    told = banner.said_in(visitor.language)
    words = gettext("I have this too: %(banner)s") % {"banner": told}
    concur(visitor, banner, key=key_of(body), words=words, at=request.at)
    return JsonResponse({"affected": mark_of_banner(banner)}, status=201)


def keep(widget: str) -> Kept | None:
    """Give a widget and its banner, asked of the database once a second at most."""
    with _lock:
        known = _kept.get(widget)
    if known and monotonic() - known.since < KEPT_SECONDS:
        return known
    began = monotonic()
    channel = widget_of(widget)
    if channel is None:
        return None
    known = Kept(channel=channel, banner=active_banner(channel.brand_id), since=began)
    with _lock:
        _kept[widget] = known
    return known


def forget_banners() -> None:
    """Ask the database again at the next request."""
    with _lock:
        _kept.clear()


def banner_shape(banner: Banner | None, *, language: str) -> dict[str, Any] | None:
    """What a page is told of a banner."""
    if banner is None:
        return None
    return {"mark": mark_of_banner(banner), "text": banner.said_in(language)}


def mark_of_banner(banner: Banner) -> str:
    """A mark of the fault; it tells nothing else."""
    return sha256(f"banner {banner.incident}".encode()).hexdigest()[:12]
