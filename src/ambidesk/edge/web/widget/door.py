"""
The door of visitors: pages of listed origins only, a token in the header, and never a cookie.

Source: WHATWG Fetch 3.2 "CORS protocol".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.faces import brand_at, in_its_ways
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.kernel.unpacking import unpacked
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
MINUTE, HOUR = 60.0, 3600.0
# So many talks begin within an hour from one place, and under one address that somebody typed.
FROM_PLACE, FROM_EMAIL = 600, 20


class TooFast(Refusal):
    """More than a person does."""

    sentence = _("That was too fast. Wait a moment and try again.")
    status = 429


class TooManyTalks(TooFast):
    """One talk after the other from one place, or for one address."""

    sentence = _(
        "Many conversations were begun from here just now. Go on in one of them, or come back in"
        " an hour."
    )


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
            with in_its_ways(visitor.channel.brand, visitor.language):
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
        found = unpacked(request.body)
    except ValueError as wrong:
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
    """A text of a body, of signs that can be kept; what is none counts as empty."""
    value = body.get(name)
    if not isinstance(value, str):
        return ""
    return storable(value[:longest])


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How much of something is allowed within a window."""

    what: str
    most: int
    seconds: float


def limit(*limits: Limit) -> None:
    """
    Count one more of things, each within its window.

    Raises:
        TooFast: it is more than allowed.
    """
    if _is_more(limits):
        raise TooFast


def limit_beginnings(channel: Channel, email: str, *, where: str) -> None:
    """
    Count one more talk; a whole office may stand behind one address of the network.

    Raises:
        TooFast: everybody comes at once.
        TooManyTalks: one place, or one address that somebody typed, begins too many.
    """
    key = f"begin:{channel.pk}"
    limit(
        Limit(what=f"{key}:{where}", most=60, seconds=MINUTE),
        Limit(what=key, most=3000, seconds=MINUTE),
    )
    told = email.strip().casefold()[:320]
    of_place = Limit(what=f"{key}:hour:{where}", most=FROM_PLACE, seconds=HOUR)
    of_email = Limit(what=f"{key}:mail:{told}", most=FROM_EMAIL, seconds=HOUR)
    if _is_more((of_place, of_email) if told else (of_place,)):
        raise TooManyTalks


def _is_more(limits: Sequence[Limit]) -> bool:
    counted = ephemeral.count_many({f"widget:{each.what}": each.seconds for each in limits})
    return any(counted[f"widget:{each.what}"] > each.most for each in limits)


def address_of(request: HttpRequest) -> str:
    """The address a request comes from, behind as many proxies as are our own."""
    return str(get_adapter().get_client_ip(request))


def _refused(refused: Refusal) -> HttpResponse:
    body = {"code": refused.code, "sentence": str(refused), "field": refused.field}
    answer = JsonResponse(body, status=refused.status)
    if refused.status == TooFast.status:
        answer["Retry-After"] = "3600" if isinstance(refused, TooManyTalks) else "10"
    return answer


def _open_to(answer: HttpResponseBase, origin: str) -> HttpResponseBase:
    answer["Access-Control-Allow-Origin"] = origin
    answer["Vary"] = "Origin"
    answer["Cache-Control"] = "no-store"
    return answer
