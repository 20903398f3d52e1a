"""What every request carries: an id, an instant, an actor with today's rights, a language."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.models import User

Answering = Callable[[HttpRequest], HttpResponse]
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
    """Compute who acts with which rights, now, and speak their language."""

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            request.actor = VISITOR  # type: ignore[attr-defined]  # see Request
            return get_response(request)
        request.actor = actor_of(user)  # type: ignore[attr-defined]  # see Request
        if user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        return get_response(request)

    return answer
