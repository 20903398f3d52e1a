"""Conditions: first page and count of views of five conditions, two of which count related rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from ambidesk.edge.commands.gauging.asking import browser_of, fetch, plans_of
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.desk import ready
from ambidesk.edge.commands.generating.staff import ADMIN
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.support.desk.counting import count
from ambidesk.support.desk.models import SavedView
from ambidesk.support.desk.saving import Saving, save_view
from ambidesk.support.desk.viewing import View, read_list, view_of
from ambidesk.support.tickets.rights import TicketRight

TIMES = 40
GOAL_MS = 50.0
OFTEN = {
    "relation": "person_tickets",
    "quantity": "at_least",
    "number": 3,
    "within": {"amount": 90, "unit": "days"},
}
SILENT = {
    "relation": "messages",
    "quantity": "at_most",
    "number": 0,
    "within": {"amount": 2, "unit": "hours"},
    "where": {"field": "direction", "operator": "is", "value": "out"},
}
PLAIN = (
    {"field": "priority", "operator": "at_least", "value": 2},
    {"field": "opened_at", "operator": "newer", "value": {"amount": 52, "unit": "weeks"}},
)
VIEWS: dict[str, dict[str, Any]] = {
    "to do": {
        "all": [
            {"field": "state", "operator": "one_of", "value": ["new", "open"]},
            *PLAIN,
            OFTEN,
            SILENT,
        ]
    },
    "ended too": {
        "all": [
            {"field": "state", "operator": "is_not", "value": "on_hold"},
            *PLAIN,
            OFTEN,
            SILENT,
        ]
    },
    # What hardly any ticket fits is the dearest to look for.
    "rare": {
        "all": [
            {"field": "state", "operator": "is_not", "value": "on_hold"},
            *PLAIN,
            {**OFTEN, "number": 900},
            SILENT,
        ]
    },
}


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Save the views, then read and count them as their owner does."""
    tickets, messages = order.sized()
    ready(url, tickets=tickets, messages=messages)
    say(_("Reading lists of %(number)d tickets.") % {"number": tickets})
    user = User.objects.get(email=ADMIN)
    rights = frozenset({TicketRight.SEE.value, ReachRight.SEE_EVERYTHING.value})
    actor = Actor(kind=ActorKind.USER, id=user.pk, rights=rights)
    return [
        figure
        for name, condition in VIEWS.items()
        for figure in _figures(name, condition, actor, tickets)
    ]


def _figures(name: str, condition: dict[str, Any], actor: Actor, tickets: int) -> Iterator[Figure]:
    SavedView.objects.filter(owner=actor.id, name=name).delete()
    saved = save_view(Saving(name=name, condition=condition), by=actor, at=datetime.now(UTC))
    view = view_of(actor, saved.slug)
    told = f"{name}, {tickets:,} tickets"
    yield plans_of(browser_of(ADMIN), [f"/inbox/{view.slug}/"], of=told)
    pages, counts = _timed(view, actor)
    yield Figure(name=f"first page, {told}, p95", value=pages, unit="ms", goal=GOAL_MS)
    yield Figure(name=f"capped count, {told}, p95", value=counts, unit="ms", goal=GOAL_MS)
    taken = fetch(browser_of(ADMIN), [f"/inbox/{view.slug}/"] * TIMES)
    yield Figure(name=f"screen, {told}, p95", value=percentile(taken.times, 0.95), unit="ms")


def _timed(view: View, actor: Actor) -> tuple[float, float]:
    pages, counts = [], []
    for _each in range(TIMES):
        at = datetime.now(UTC)
        began = perf_counter()
        read_list(view, actor=actor, at=at)
        pages.append(1000 * (perf_counter() - began))
        # Each asks anew: a tally is kept for a second where the question stays the same.
        asked = replace(view, same=None)
        began = perf_counter()
        count([asked], actor=actor, at=at)
        counts.append(1000 * (perf_counter() - began))
    return percentile(pages, 0.95), percentile(counts, 0.95)
