"""
The door of visitors: pages of listed origins only, a token in the header, and never a cookie.

Source: WHATWG Fetch 3.2 "CORS protocol".
"""

import json
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ambidesk.edge.web.ui.faces import brand_at
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.support.channels.widget.connecting import widget_of
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.visiting import recognise
from ambidesk.support.conversations.models import Channel

P = ParamSpec("P")
Answer = Callable[..., HttpResponseBase]
SCHEME = "Visitor "
PREFLIGHT_SECONDS = 7200
BODY_BYTES = 64_000


class TooFast(Refusal):
    """More than a person does."""

    sentence = _("That was too fast. Wait a moment and try again.")
    status = 429


class NotKnown(Refusal):
    """The token is nobody's, or not any more."""

    sentence = _("This conversation has ended here. Start a new one.")
    status = 401


class NotJson(InvalidInput):
    """The body is not what was agreed."""


def preflight(request: Request, widget: str) -> HttpResponseBase:
    """Tell a browser whether a page may ask."""
    channel = widget_of(widget)
    origin = request.headers.get("Origin", "")
    if channel is None or not Manner.read(channel.settings).lets_in(origin):
        return HttpResponse(status=403)
    answer = HttpResponse(status=204)
    answer["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
    answer["Access-Control-Allow-Headers"] = "authorization, content-type, x-after, x-before"
    answer["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return _open_to(answer, origin)


def of_site(view: Callable[Concatenate[Request, Channel, P], HttpResponseBase]) -> Answer:
    """Let a page of a listed origin ask what anybody may know."""

    def answer(request: Request, widget: str, *args: P.args, **kwargs: P.kwargs) -> Any:
        channel = widget_of(widget)
        return answered(request, channel, lambda found: view(request, found, *args, **kwargs))

    return answer


def of_visitor(view: Callable[Concatenate[Request, Visitor, P], HttpResponseBase]) -> Answer:
    """Let a page of a listed origin ask for the visitor whose token it holds."""

    def answer(request: Request, widget: str, *args: P.args, **kwargs: P.kwargs) -> Any:
        given = request.headers.get("Authorization", "")
        token = given.removeprefix(SCHEME) if given.startswith(SCHEME) else ""
        visitor = recognise(widget, token, at=request.at)

        def asked(_channel: Channel) -> HttpResponseBase:
            if visitor is None:
                raise NotKnown
            with override(visitor.language):
                return view(request, visitor, *args, **kwargs)

        channel = visitor.channel if visitor else widget_of(widget)
        return answered(request, channel, asked)

    return answer


def answered(
    request: Request, channel: Channel | None, asked: Callable[[Channel], HttpResponseBase]
) -> HttpResponseBase:
    """Answer a page of an origin that the widget lists; refuse as JSON."""
    origin = request.headers.get("Origin", "")
    here = brand_at(request)
    # On the host of one brand there is no widget of another.
    if channel is None or (here and here.pk != channel.brand_id):
        return JsonResponse({"code": "not-here"}, status=403)
    if not Manner.read(channel.settings).lets_in(origin):
        return JsonResponse({"code": "not-here"}, status=403)
    try:
        answer = asked(channel)
    except Refusal as refused:
        answer = _refused(refused)
    return _open_to(answer, origin)


def body_of(request: HttpRequest) -> dict[str, Any]:
    """
    Read the JSON object that a page sent.

    Raises:
        NotJson: it is none.
    """
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length[:9]) > BODY_BYTES:
        raise NotJson
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError) as wrong:
        raise NotJson from wrong
    if not isinstance(found, dict):
        raise NotJson
    return found


def key_of(body: dict[str, Any]) -> UUID:
    """
    The key that a browser drew for what it sends.

    Raises:
        NotJson: it is none.
    """
    try:
        return UUID(text_of(body, "key", longest=36))
    except ValueError as wrong:
        raise NotJson(field="key") from wrong


def text_of(body: dict[str, Any], name: str, *, longest: int) -> str:
    """A text of a body; what is none counts as empty."""
    value = body.get(name)
    return value[:longest] if isinstance(value, str) else ""


def limit(what: str, *, most: int, seconds: float) -> None:
    """
    Count one more of something within a window.

    Raises:
        TooFast: it is more than allowed.
    """
    if ephemeral.count(f"widget:{what}", seconds=seconds) > most:
        raise TooFast


def address_of(request: HttpRequest) -> str:
    """The address a request comes from, behind as many proxies as are our own."""
    return str(get_adapter().get_client_ip(request))


def _refused(refused: Refusal) -> HttpResponse:
    body = {"code": refused.code, "sentence": str(refused), "field": refused.field}
    answer = JsonResponse(body, status=refused.status)
    if refused.status == TooFast.status:
        answer["Retry-After"] = "10"
    return answer


def _open_to(answer: HttpResponseBase, origin: str) -> HttpResponseBase:
    answer["Access-Control-Allow-Origin"] = origin
    answer["Vary"] = "Origin"
    answer["Cache-Control"] = "no-store"
    return answer
