"""The pages of the help centre: its door, its home, a category, its search."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_from_request

from ambidesk.edge.web.helpcentre.contact import Contact, contact_of
from ambidesk.edge.web.helpcentre.door import Centre, brand_of, in_centre, shown
from ambidesk.edge.web.ui.faces import brand_at
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.ui.searches import searched, suggested
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.models import Language
from ambidesk.support.knowledge.searching import Hit, search_public
from ambidesk.support.knowledge.shelving import (
    Branch,
    Listed,
    branches_of,
    languages_of,
    listed_for,
)

MOST_FOUND = 20
MOST_SUGGESTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What is pinned, the categories, and what stands in none."""

    pinned: tuple[Listed, ...]
    branches: tuple[Branch, ...]
    loose: tuple[Listed, ...]
    contact: Contact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPage:
    """A category, and the way to it."""

    way: tuple[Branch, ...]
    branch: Branch
    contact: Contact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What was asked and found."""

    asked: str
    hits: tuple[Hit, ...]
    contact: Contact | None
    is_refused: bool = False


def enter(request: Request) -> HttpResponseBase:
    """Lead to the help centre of the host's brand, or of the only brand there is."""
    brand = brand_at(request)
    if brand is None:
        brands = list(Brand.objects.filter(archived_at=None)[:2])
        if len(brands) != 1:
            raise Http404
        brand = brands[0]
    return HttpResponseRedirect(reverse("centre-brand", args=[brand.slug]))


def choose(request: Request, brand: str) -> HttpResponseBase:
    """Lead to the language that the browser asks for, if the brand has it, else to its own."""
    found = brand_of(request, brand)
    there = languages_of(found)
    wanted = get_language_from_request(request)[:2]
    language = wanted if wanted in there else found.language
    response = HttpResponseRedirect(reverse("centre", args=[found.slug, language]))
    response["Vary"] = "Accept-Language, Cookie"
    return response


@in_centre
def home(request: Request, centre: Centre) -> HttpResponse:
    """Show the door of the help centre."""
    listed = listed_for(centre.brand, language=centre.language)
    page = HomePage(
        pinned=tuple(each for each in listed if each.is_pinned),
        branches=branches_of(listed),
        loose=tuple(each for each in listed if each.category is None and not each.is_pinned),
        contact=contact_of(centre),
    )
    there = dict.fromkeys(Language.values, ())
    return shown(
        request, "centre/home.html", centre=addressed(centre, "centre", there=there), page=page
    )


@in_centre
def category(request: Request, centre: Centre, category: str) -> HttpResponse:
    """Show what stands in a category."""
    branches = branches_of(listed_for(centre.brand, language=centre.language))
    way = next(filter(None, (branch.find(category) for branch in branches)), ())
    if not way:
        return lost(request, centre)
    page = CategoryPage(way=way[:-1], branch=way[-1], contact=contact_of(centre))
    there = dict.fromkeys(Language.values, (category,))
    return shown(
        request,
        "centre/category.html",
        centre=addressed(centre, "centre-category", there=there),
        page=page,
    )


@in_centre
def search(request: Request, centre: Centre) -> HttpResponse:
    """Search, also without any script."""
    asked = " ".join(request.GET.get("q", "").split())[:200]
    if asked and (wait := searched(request, centre.brand)):
        return _refused(request, centre, wait=wait)
    hits = search_public(asked, brand=centre.brand, language=centre.language, limit=MOST_FOUND)
    page = SearchPage(asked=asked, hits=hits, contact=contact_of(centre))
    there = dict.fromkeys(Language.values, ())
    found = replace(addressed(centre, "centre-search", there=there), is_indexed=False)
    return shown(request, "centre/search.html", centre=found, page=page)


@in_centre
def suggest(request: Request, centre: Centre) -> HttpResponse:
    """Suggest while somebody types: a list of links, and nothing else."""
    asked = " ".join(request.GET.get("q", "").split())[:200]
    if wait := suggested(request, centre.brand):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    hits = search_public(
        asked,
        brand=centre.brand,
        language=centre.language,
        limit=MOST_SUGGESTED,
        # At each pause of typing it is words that are looked for.
        by_meaning=False,
    )
    context = {"hits": hits, "centre": centre}
    response = render(request, "centre/suggestions.html", context)
    response["Cache-Control"] = "public, max-age=60"
    return response


def lost(request: Request, centre: Centre) -> HttpResponse:
    """Say that there is nothing, with the search beside it."""
    page = SearchPage(asked="", hits=(), contact=contact_of(centre))
    context = {"page": page, "centre": replace(centre, is_indexed=False), "face": centre.face}
    return render(request, "centre/lost.html", context, status=404)


def addressed(centre: Centre, name: str, *, there: Mapping[str, tuple[str, ...]]) -> Centre:
    """Tell where a page is, and where it is in other languages, by the parts of its address."""

    def at(language: str) -> str:
        return reverse(name, args=[centre.brand.slug, language, *there[language]])

    named = ((language, str(Language(language).label), at(language)) for language in sorted(there))
    return replace(
        centre,
        canonical=centre.brand.origin + at(centre.language),
        others=tuple(each for each in named if each[0] != centre.language),
    )


def _refused(request: Request, centre: Centre, *, wait: int) -> HttpResponse:
    page = SearchPage(asked="", hits=(), contact=contact_of(centre), is_refused=True)
    found = replace(centre, is_indexed=False)
    context = {"page": page, "centre": found, "face": found.face}
    response = render(request, "centre/search.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response
