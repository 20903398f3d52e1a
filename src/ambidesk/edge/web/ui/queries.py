"""What an address asks, in a form that may be searched for: no text of the database has NUL."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from ambidesk.ground.kernel.texts import storable

Answering = Callable[[HttpRequest], HttpResponse]


def without_nul(get_response: Answering) -> Answering:
    """Leave NUL out before anybody reads the query; no browser sends it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            asked: Any = QueryDict(mutable=True)
            for name, values in request.GET.lists():
                asked.setlist(storable(name), [storable(each) for each in values])
            request.GET = asked
        return get_response(request)

    return answer
