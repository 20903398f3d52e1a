"""Readers: what a browser keeps of itself so that reading and asking are told apart; no name."""

import re
import secrets

from django.http import HttpRequest, HttpResponse

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Person
from ambidesk.support.knowledge.reading import Reader, ask

COOKIE = "help_reader"
COOKIE_SECONDS = 30 * 86_400
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def held_reader(request: HttpRequest) -> str:
    """Give what the browser keeps, or nothing."""
    return told_reader(request.COOKIES.get(COOKIE, ""))


def told_reader(given: str) -> str:
    """Read what a page within another site keeps instead of a cookie; nothing if it is none."""
    return given if TOKEN.fullmatch(given) else ""


def reader_token(request: HttpRequest) -> str:
    """Give what the browser keeps of itself, or what it is to keep from now on."""
    return held_reader(request) or secrets.token_urlsafe(32)


def remember(request: HttpRequest, response: HttpResponse, token: str) -> HttpResponse:
    """Have the browser keep its token; a form of the same host sees it when it is handed in."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def readers_ask(
    request: HttpRequest, *told: str, brand: Brand, language: str, person: Person | None = None
) -> None:
    """Put down that whoever read by these tokens has now asked the desk."""
    at = request.at  # type: ignore[attr-defined]  # every request has an instant
    for token in dict.fromkeys(filter(None, map(told_reader, told))):
        ask(Reader(token=token, brand=brand, language=language), person=person, at=at)
