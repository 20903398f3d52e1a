"""Files of published articles: pictures and video in their place, everything else a download."""

from django.http import Http404
from django.http.response import HttpResponseBase

from ambidesk.edge.web.helpcentre.door import brand_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.ui.showing import served
from ambidesk.support.knowledge.shelving import public_file


def show(request: Request, brand: str, picture: str) -> HttpResponseBase:
    """Serve a file that a published text shows or links."""
    row = public_file(brand_of(request, brand), picture)
    if row is None:
        raise Http404
    return served(request, row, is_public=True)
