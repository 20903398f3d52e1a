"""Error pages: friendly words, a way out, never a traceback."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """The request cannot be understood."""
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """The request is not allowed, as after an expired form."""
    return render(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """There is nothing, or nothing that this person may see."""
    return render(request, "ui/errors/404.html", status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    """Something broke here: the page asks nothing of the database, which may be what broke."""
    return HttpResponse(render_to_string("ui/errors/500.html"), status=500)


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody asks too often; it is told when to come again."""
    answer = render(request, "ui/errors/429.html", status=429)
    answer["Retry-After"] = "60"
    return answer
