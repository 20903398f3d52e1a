"""Refusals at the edge: one middleware turns them into answers that a person or a machine reads."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.ground.kernel.refusal import Refusal


class RefusalMiddleware:
    """Answer a refusal: a toast for a fragment, JSON for a machine, else a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Take refusals; what is something else goes on to the error page."""
        if not isinstance(exception, Refusal):
            return None
        words = str(exception)
        if request.headers.get("HX-Request"):
            return _toast(exception, words)
        if request.accepts("application/json") and not request.accepts("text/html"):
            body = {"code": exception.code, "sentence": words, "field": exception.field}
            return JsonResponse(body, status=exception.status)
        page = {"title": _("This did not work"), "words": words}
        return render(request, "ui/refusal.html", page, status=exception.status)


def _toast(exception: Refusal, words: str) -> HttpResponse:
    answer = HttpResponse(status=exception.status)
    # Headers are ASCII: json.dumps escapes everything else.
    answer["HX-Trigger"] = json.dumps(
        {"toast": {"message": words, "kind": "refused", "field": exception.field}}
    )
    answer["HX-Reswap"] = "none"
    return answer
