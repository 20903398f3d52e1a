"""Error pages: friendly words, a way out, never a traceback, and nothing of what there may be."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import VISITOR
from ambidesk.edge.web.ui.spots import spots_of
from ambidesk.ground.reach.actor import Actor, ActorKind

BACK = {"portal": _("Back to your requests"), "portal-work": _("Back to your work")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way out; `reader` is who reads: somebody of the staff, a client, or a visitor."""

    reader: str
    url: str
    words: Promise | str


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """The request cannot be understood."""
    return _told(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 named by Django
    """The request is not allowed, as after an expired form."""
    return _told(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """There is nothing, or nothing that this person may see: the same words for both."""
    return _told(request, "ui/errors/404.html", status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    """Something broke here: the page asks nothing of the database, which may be what broke."""
    return HttpResponse(render_to_string("ui/errors/500.html"), status=500)


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody asks too often; it is told when to come again."""
    answer = _told(request, "ui/errors/429.html", status=429)
    answer["Retry-After"] = "60"
    return answer


def _told(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    return render(request, template, {"way": _way(request)}, status=status)


def _way(request: HttpRequest) -> Way:
    # What broke may have broken before it was known who asks.
    actor: Actor = getattr(request, "actor", VISITOR)
    home = reverse("home")
    if actor.kind is ActorKind.CONTACT:
        there = {spot.route for spot in spots_of(actor)}
        for route, words in BACK.items():
            if route in there:
                return Way(reader="client", url=reverse(route), words=words)
        return Way(reader="client", url=home, words=_("Back to the portal"))
    if actor == VISITOR:
        return Way(reader="visitor", url=home, words=_("Sign in"))
    return Way(reader="staff", url=home, words=_("Back to the desk"))
