"""What every request carries: an id, an instant, an actor with today's rights, a language."""

import secrets
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, tzinfo
from functools import cache, partial
from zoneinfo import ZoneInfo, available_timezones

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from ambidesk.edge.web.ui.spots import ROOT
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.remembering import remembering
from ambidesk.ground.reach.wall import walled
from ambidesk.parties.authority.entering import entering

Answering = Callable[[HttpRequest], HttpResponse]
ZONE_COOKIE = "ambidesk_zone"
# What the session of a login that several people share keeps of who is speaking.
SPOKEN = "speaking"
VISITOR = Actor(kind=ActorKind.USER)


class Request(HttpRequest):
    """A request as views get it."""

    id: str
    at: datetime
    actor: Actor
    user: User


def request_id(get_response: Answering) -> Answering:
    """Give each request an id and an instant; every line of its log carries the id."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.id = secrets.token_hex(8)  # type: ignore[attr-defined]  # see Request
        request.at = datetime.now(UTC)  # type: ignore[attr-defined]  # see Request
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        response = get_response(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        return response

    return answer


def actor(get_response: Answering) -> Answering:
    """Compute who acts with which rights, now; speak their language, tell their time."""

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        at: datetime = request.at  # type: ignore[attr-defined]  # see Request
        by = _acting(request, user, at=at) if isinstance(user, User) else VISITOR
        request.actor = by  # type: ignore[attr-defined]  # see Request
        if by.is_shared and by.speaking is None and _opens_portal(request):
            # A login that a department shares opens nothing before somebody says who it is.
            return redirect("portal-speaker")
        if by.kind is ActorKind.CONTACT:
            # What a contact's request reads, the database cuts to their companies too.
            request.enclosure = partial(walled, by.companies)  # type: ignore[attr-defined]  # see kernel.routes
        if isinstance(user, User) and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        reading = request.method in {"GET", "HEAD"}
        with timezone.override(_zone(request)), remembering() if reading else nullcontext():
            return get_response(request)

    return answer


def _opens_portal(request: HttpRequest) -> bool:
    asked = request.path.removeprefix(ROOT)
    is_page = "text/html" in request.headers.get("Accept", "")
    return request.method == "GET" and is_page and asked not in {request.path, "speaker/"}


def _acting(request: HttpRequest, user: User, *, at: datetime) -> Actor:
    spoken = request.session.get(SPOKEN) if user.is_client else None
    return entering(user, at=at, spoken=spoken)


def _zone(request: HttpRequest) -> tzinfo:
    """The zone that the browser's island tells by a cookie; else that of the brand or the desk."""
    name = request.COOKIES.get(ZONE_COOKIE, "")
    return ZoneInfo(name) if name in _zones() else timezone.get_current_timezone()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
