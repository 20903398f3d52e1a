"""The account manager in the widget: who it is, and the face, fetched with a pass."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse

from ambidesk.edge.web.ui.downloads import shown_photo
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.widget.passes import bearer, with_pass
from ambidesk.parties.stewards.serving import Served
from ambidesk.support.channels.widget.introducing import managers_of
from ambidesk.support.channels.widget.models import Visitor


def manager_shape(visitor: Visitor, served: Served | None) -> dict[str, Any] | None:
    """Who it is, as the visitor reads it."""
    if served is None:
        return None
    return {
        "name": served.name,
        "post": served.standing,
        "instead": served.instead_of,
        "face": _face(visitor, served.member_id) if served.has_photo else "",
    }


def show(request: Request, widget: str, member: int) -> HttpResponseBase:
    """Serve the face to the browser that its pass was given to, while they look after it."""
    visitor = bearer(request, widget, key=_key(member))
    if member not in {each.member_id for each in managers_of(visitor, at=request.at)}:
        raise Http404
    return shown_photo(member, origins="cross-origin")


def _face(visitor: Visitor, member: int) -> str:
    address = reverse("widget-face", args=[visitor.channel.address, member])
    return with_pass(address, visitor, key=_key(member))


def _key(member: int) -> str:
    return f"face-{member}"
