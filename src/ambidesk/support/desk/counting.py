"""
Counting: all views in one pass over the open tickets; exact there, to 1,000 otherwise, and of
views that count related rows among some of the latest.

`count(views, actor, at)` gives tallies by slug; a tally is shared by all who ask the same of the
same rows until the journal moves on, and at most for a second.
"""

import threading
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, DateTimeField
from django.db.models.expressions import RawSQL
from django.utils.formats import number_format

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.views.view import LOOKED, View
from ambidesk.support.tickets.models import Ticket, TicketQuerySet
from ambidesk.support.tickets.rules.states import ACTIVE

AT_MOST = 1_000
# Of a view that holds ended tickets too, so many of the latest are looked at.
LATEST = 20_000
# The newest number and the oldest of the last few: what commits late changes the second.
FINGERPRINT = """
    SELECT max(sequence), min(sequence)
      FROM (SELECT sequence FROM journal_entry ORDER BY sequence DESC LIMIT 200) AS newest
"""
KEPT = 2_000
# The oldest moment that is looked at stands in the same question: it would be one way more.
COUNTED = """
    WITH boundary AS MATERIALIZED (
        SELECT last_at FROM tickets_ticket WHERE {open}
         ORDER BY last_at DESC, id DESC OFFSET %s LIMIT 1
    )
    SELECT (SELECT count(*) FROM ({found}) AS found), EXISTS (SELECT FROM boundary)
"""
OPEN = f"state IN ({', '.join(repr(state.value) for state in ACTIVE)})"
FLOOR = RawSQL(
    "COALESCE((SELECT last_at FROM boundary), '-infinity')", (), output_field=DateTimeField()
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many; `more` says that there are more than these."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        words = number_format(self.number, force_grouping=True)
        return f"{words}+" if self.more else words


Key = tuple[str, Hashable]
_lock = threading.Lock()
_kept: dict[Key, Tally] = {}
_state: list[object] = []


def count(views: Iterable[View], *, actor: Actor, at: datetime) -> Mapping[str, Tally]:
    """Count the tickets of each view that the actor may see, by slug."""
    asked = list(views)
    now = at.replace(microsecond=0)
    rows = Ticket.objects.visible_to(actor)
    reach = str(rows.values("pk").query)
    keys = {view.slug: (reach, view.same) for view in asked if view.same is not None}
    state = [_fingerprint(), now, connection.settings_dict["NAME"]]
    with _lock:
        _forget_unless(state)
        found = {slug: _kept[key] for slug, key in keys.items() if key in _kept}
    counted = _count([view for view in asked if view.slug not in found], rows, now)
    with _lock:
        if state == _state:
            _kept.update({keys[slug]: tally for slug, tally in counted.items() if slug in keys})
    return {**found, **counted}


def _forget_unless(state: list[object]) -> None:
    if state != _state or len(_kept) > KEPT:
        _kept.clear()
        _state[:] = state


def _fingerprint() -> object:
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT)
        return cursor.fetchone()


def _count(views: list[View], rows: TicketQuerySet, now: datetime) -> dict[str, Tally]:
    opened = [view for view in views if view.is_open and not view.is_dear]
    others = [view for view in views if view not in opened]
    counted = {view.slug: _to_a_thousand(view, rows, now) for view in others}
    if opened:
        # Names of its own: slugs of views have hyphens, and a column may be called the same.
        sums = {
            f"view_{place}": Count("pk", filter=view.asks(now)) for place, view in enumerate(opened)
        }
        numbers = rows.active().aggregate(**sums)
        for place, view in enumerate(opened):
            counted[view.slug] = Tally(numbers[f"view_{place}"])
    return counted


def _to_a_thousand(view: View, rows: TicketQuerySet, now: datetime) -> Tally:
    some = rows.active() if view.is_open else rows
    asked = some.filter(view.asks(now), last_at__gt=FLOOR).latest_first()
    try:
        found, values = asked.values("pk")[: AT_MOST + 1].query.sql_with_params()
    except EmptyResultSet:
        return Tally(0)
    with connection.cursor() as cursor:
        told = COUNTED.format(found=found, open=OPEN if view.is_open else "true")
        cursor.execute(told, [LOOKED if view.is_dear else LATEST, *values])
        number, older = cursor.fetchone()
    if number > AT_MOST:
        return Tally(AT_MOST, more=True)
    return Tally(number, more=older)
