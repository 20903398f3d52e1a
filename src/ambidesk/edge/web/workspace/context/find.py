"""Finding whom or what somebody means, and the card of it; one find opens its card at once."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.across.context.card import Card
from ambidesk.across.context.finding import Hit, chosen, find
from ambidesk.across.context.reading import read_card
from ambidesk.edge.web.ui.requests import Request

LONGEST = 200
ICONS = {
    "person": "user-round",
    "company": "building-2",
    "site": "map-pin",
    "asset": "refrigerator",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One find as it is shown."""

    hit: Hit
    icon: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPage:
    """What was typed, what it may mean, and the card of one of them."""

    q: str
    lines: tuple[Line, ...]
    card: Card | None


def show(request: Request) -> HttpResponse:
    """Show what `?q=` means; `of` names the one whose card is asked for."""
    typed, of = request.GET.get("q", "")[:LONGEST], request.GET.get("of", "")[:40]
    hits = find(typed, by=request.actor)
    about, of = chosen(hits, of)
    card = read_card(about, by=request.actor, at=request.at) if about else None
    page = FindPage(
        q=typed,
        lines=tuple(Line(hit=hit, icon=ICONS[hit.kind], is_open=hit.key == of) for hit in hits),
        card=None if card is None or card.is_empty else card,
    )
    part = "#found" if request.headers.get("HX-Target") == "found" else ""
    return render(request, f"context/find.html{part}", {"page": page})
