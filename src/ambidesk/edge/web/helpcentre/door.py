"""The door of the help centre: a brand and a language, or nothing; pages that need no second load.

On the host of one brand there is no help centre of another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from ambidesk.edge.web.ui.faces import Face, brand_at, face_of, in_its_ways
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.support.incidents.announcing import active_banner
from ambidesk.support.knowledge.shelving import is_language

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]
KEPT = "public, max-age=60"


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """A brand's help centre in a language; `others` lead to the same page in other languages."""

    brand: Brand
    face: Face
    language: str
    banner: str
    home: str
    colours: str
    canonical: str = ""
    others: tuple[tuple[str, str, str], ...] = ()
    is_indexed: bool = True


def brand_of(request: Request, slug: str) -> Brand:
    """
    Give the brand of an address.

    Raises:
        Http404: there is none, or the host is another brand's.
    """
    here = brand_at(request)
    if here is not None:
        if here.slug != slug:
            raise Http404
        return here
    brand = Brand.objects.filter(slug=slug, archived_at=None).first()
    if brand is None:
        raise Http404
    return brand


def in_centre(view: Callable[Concatenate[Request, Centre, P], HttpResponseBase]) -> View:
    """Show a page of a brand in the language of its address."""

    def answer(
        request: Request, brand: str, language: str, *args: P.args, **kwargs: P.kwargs
    ) -> Any:
        found = brand_of(request, brand)
        if not is_language(language):
            raise Http404
        with in_its_ways(found, language):
            return view(request, centre_of(found, language), *args, **kwargs)

    return answer


def centre_of(brand: Brand, language: str) -> Centre:
    """Give the help centre of a brand in a language."""
    banner = active_banner(brand.pk)
    face = face_of(brand)
    mark = sha256(f"{face.accent}{face.ink}".encode()).hexdigest()[:8]
    return Centre(
        brand=brand,
        face=face,
        language=language,
        banner=banner.said_in(language) if banner else "",
        home=reverse("centre", args=[brand.slug, language]),
        colours=reverse("centre-colours", args=[brand.slug, mark]),
    )


def shown(request: Request, template: str, *, centre: Centre, page: object) -> HttpResponse:
    """Render a page of the help centre; a browser that has it already is told so."""
    context = {"page": page, "centre": centre, "face": centre.face}
    response = render(request, template, context)
    return kept(request, response)


def kept(request: Request, response: HttpResponse, *, control: str = KEPT) -> HttpResponse:
    """Let an answer be kept for a while, and be asked for by its mark."""
    response["Cache-Control"] = control
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:24]}"'
    fresh = get_conditional_response(request, etag=response["ETag"], response=response)
    return fresh if isinstance(fresh, HttpResponse) else response
