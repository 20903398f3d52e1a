"""What readers of a help centre are told at an address where nothing is: its search.

Everybody else reads what the product says. Nobody learns whether there is something for others.
"""

import re
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from ambidesk.edge.web.helpcentre.door import brand_of, centre_of
from ambidesk.edge.web.helpcentre.pages import lost
from ambidesk.edge.web.ui.errors import not_found
from ambidesk.edge.web.ui.faces import brand_at, gone, in_its_ways
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand

WITHIN = re.compile(r"/help/(?P<brand>[-\w]+)/(?:(?P<language>en|ru)/)?", re.ASCII)


def on_face(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 named by Django
    """On the host of a brand all that is not there is lost in its help centre."""
    brand = brand_at(request)
    # The host may have been taken from the brand meanwhile.
    return _lost(request, brand) if brand else gone(request, None, status=404)


def at_desk(request: HttpRequest, exception: Exception) -> HttpResponse:
    """At the address of the desk the help centre is meant by whoever asks within it."""
    found = WITHIN.match(request.path)
    if found:
        try:
            return _lost(request, brand_of(cast("Request", request), found["brand"]))
        except Http404:
            pass
    return not_found(request, exception)


def _lost(request: HttpRequest, brand: Brand) -> HttpResponse:
    found = WITHIN.match(request.path)
    named: Any = found["language"] if found else None
    language = named or brand.language
    with in_its_ways(brand, language):
        return lost(cast("Request", request), centre_of(brand, language))
