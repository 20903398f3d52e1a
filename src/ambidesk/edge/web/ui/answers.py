"""Answers: articles that everybody may read, for what a visitor types before it is sent."""

import re
from html import unescape
from typing import Any

from django.urls import reverse

from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.searching import Hit, search_public

# More would push what sends the message out of sight.
MOST = 2
SHORTEST, LONGEST = 3, 300
TAG = re.compile(r"<[^>]*>")


def answers_shape(text: str, *, brand: Brand, language: str) -> list[dict[str, Any]]:
    """Give the few articles that fit best, as texts; the last words count, where it is long."""
    words = " ".join(text.split())[-LONGEST:]
    if len(words) < SHORTEST:
        return []
    hits = search_public(words, brand=brand, language=language, limit=MOST)
    return [_shape(hit, brand) for hit in hits]


def _shape(hit: Hit, brand: Brand) -> dict[str, Any]:
    address = reverse("centre-article", args=[brand.slug, hit.language, hit.slug])
    return {
        "title": _plain(hit.title),
        "text": _plain(hit.snippet),
        "url": f"{brand.origin}{address}",
    }


def _plain(markup: str) -> str:
    return unescape(TAG.sub("", markup))
