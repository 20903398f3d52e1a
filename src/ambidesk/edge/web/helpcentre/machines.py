"""What machines read: robots.txt, the map of a brand's help centre, its colours."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.helpcentre.door import brand_of, kept
from ambidesk.edge.web.ui.faces import brand_at, face_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.knowledge.models import Revision

MOST_ADDRESSES = 50_000
A_YEAR = "public, max-age=31536000, immutable"


def robots(request: Request) -> HttpResponse:
    """Let the help centre be found, and nothing else of the desk."""
    lines = ["User-agent: *", "Disallow: /help/*/search", "Allow: /help/"]
    brand = brand_at(request)
    if brand is None:
        lines.append("Disallow: /")
    else:
        lines.append(f"Sitemap: {brand.origin}{reverse('centre-map', args=[brand.slug])}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def sitemap(request: Request, brand: str) -> HttpResponse:
    """List every page that everybody may read, with its other languages."""
    found = brand_of(request, brand)
    rows = Revision.objects.open_to_public(found).order_by("translation__article")
    places: dict[int, list[tuple[str, str, str]]] = {}
    facts = rows.values_list(
        "translation__article",
        "translation__language",
        "translation__slug",
        "translation__published_at",
    )
    for article, language, slug, at in facts[:MOST_ADDRESSES]:
        address = found.origin + reverse("centre-article", args=[found.slug, language, slug])
        places.setdefault(article, []).append((language, address, f"{at:%Y-%m-%d}"))
    page = {"places": list(places.values())}
    response = render(request, "centre/sitemap.xml", page, content_type="application/xml")
    return kept(request, response)


def colours(request: Request, brand: str, mark: str) -> HttpResponse:  # noqa: ARG001 only keeps it fresh
    """Give the brand's accent as a style sheet, so that no script has to paint it."""
    face = face_of(brand_of(request, brand))
    accent = face.accent if re.fullmatch(r"#[0-9a-f]{6}", face.accent) else "#3b4fd1"
    text = f":root{{--brand:{accent};--brand-ink:{face.ink}}}"
    return kept(request, HttpResponse(text, content_type="text/css"), control=A_YEAR)
