"""What every request carries: an id, an instant, an actor with today's rights, a language."""

import secrets
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.remembering import remembering

Answering = Callable[[HttpRequest], HttpResponse]
ZONE_COOKIE = "ambidesk_zone"
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
        by = actor_of(user) if isinstance(user, User) else VISITOR
        request.actor = by  # type: ignore[attr-defined]  # see Request
        if isinstance(user, User) and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        reading = request.method in {"GET", "HEAD"}
        with timezone.override(_zone(request)), remembering() if reading else nullcontext():
            return get_response(request)

    return answer


def _zone(request: HttpRequest) -> ZoneInfo | None:
    """The zone of the browser, which an island tells by a cookie; without one the desk's own."""
    name = request.COOKIES.get(ZONE_COOKIE, "")
    return ZoneInfo(name) if name in _zones() else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
