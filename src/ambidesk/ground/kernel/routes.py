"""
The route table: each address with the right it needs and a view for each method.

A route without a right does not type-check. GET runs in a read-only transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from ambidesk.ground.kernel.refusal import NotEntitled

View = Callable[..., HttpResponseBase]


class Door(Enum):
    """What stands instead of a right where none is needed."""

    PUBLIC = "public"
    # For machines: no sign-in and no transaction, so that it answers without a database.
    MACHINE = "machine"
    # Who proves who they are in the request itself: no cookie counts, so no other site can ride it.
    BEARER = "bearer"
    # Whoever comes, from whichever site: nobody is known by it, and no cookie counts here either.
    OPEN = "open"
    SIGNED_IN = "signed_in"


Right = str | Door
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Nobody signs in for these.
UNSIGNED = frozenset({Door.PUBLIC, Door.MACHINE, Door.BEARER, Door.OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: its pattern, its name, its right, its views by method."""

    pattern: str
    name: str
    right: Right
    views: dict[str, View]


_routes: dict[str, Route] = {}


def all_routes() -> tuple[Route, ...]:
    """Every route declared, for those who check them all."""
    return tuple(_routes.values())


def resource(pattern: str, /, *, right: Right, name: str, **views: View) -> URLPattern:
    """
    Declare an address with its right and its views: GET=..., POST=..., DELETE=...

    What the actor lacks the right to is not found (404), so that nobody learns what there is.
    """
    unknown = set(views) - set(METHODS)
    if unknown or not views:
        raise TypeError(f"{pattern}: no such methods: {sorted(unknown)}")
    if name in _routes and _routes[name].pattern != pattern:
        # The one that vanished would be checked by nobody.
        raise TypeError(f"{pattern} and {_routes[name].pattern} are both named {name}")
    route = Route(pattern=pattern, name=name, right=right, views=views)
    _routes[name] = route
    return path(pattern, _dispatcher(route), name=name)


def _dispatcher(route: Route) -> View:
    def dispatch(request: HttpRequest, **parameters: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else str(request.method)
        if route.right not in UNSIGNED and not request.user.is_authenticated:
            return _to_sign_in(request)
        if isinstance(route.right, str) and not _may(request, route.right):
            raise Http404
        view = route.views.get(method)
        if view is None:
            return HttpResponseNotAllowed(list(route.views))
        if method == "GET" and route.right is not Door.MACHINE:
            return _read_only(_enclosed(view, route), request, parameters=parameters)
        return _enclosed(view, route)(request, **parameters)

    # No cookie counts here that could be abused: who must prove who they are does so by a secret.
    dispatch.csrf_exempt = route.right in {Door.MACHINE, Door.BEARER, Door.OPEN}  # type: ignore[attr-defined]  # Django's own attribute of views
    return dispatch


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        # A fragment cannot hold the sign-in page: the whole page goes there.
        answer = HttpResponse(status=401)
        answer["HX-Refresh"] = "true"
        return answer
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=401)
    return redirect_to_login(request.get_full_path())


def _may(request: HttpRequest, right: str) -> bool:
    actor = getattr(request, "actor", None)
    if actor is None:
        raise NotEntitled
    return bool(actor.may(right))


def _read_only(view: View, request: HttpRequest, *, parameters: dict[str, Any]) -> HttpResponseBase:
    if connection.in_atomic_block:
        return view(request, **parameters)
    with _reading(), transaction.atomic():
        return view(request, **parameters)


def _enclosed(view: View, route: Route) -> View:
    """Answer within what stands around requests of this actor, but for pages of the account."""

    def answer(request: HttpRequest, **parameters: Any) -> HttpResponseBase:
        around = getattr(request, "enclosure", nullcontext)
        with around() if isinstance(route.right, str) else nullcontext():
            answer = view(request, **parameters)
            # Rendering asks the database too, and must do it in here.
            render = getattr(answer, "render", None)
            return render() if callable(render) else answer

    return answer


@contextmanager
def _reading() -> Iterator[None]:
    """Have transactions begin as read-only ones: a statement of its own would be one way more."""
    connection.ensure_connection()
    session = connection.connection
    session.read_only = True
    try:
        yield
    finally:
        if not session.closed:
            session.read_only = None
