"""Saved views: conditions of one's own, and those shared with one's teams."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db.models import Q

from ambidesk.ground.conditions.binding import Asker, Bound, bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.knowing import may_hold
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.conditions.tree import Condition, comparisons, counts
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.models import SavedView
from ambidesk.support.desk.views.view import View
from ambidesk.support.tickets.fields import MY_TEAMS, STATE, TICKET_VOCABULARY
from ambidesk.support.tickets.rules.states import ENDED

Symbols = Mapping[str, tuple[int, ...]]
# Looking at a ticket is no event of its life, so the journal does not move on.
UNTOLD = {"unread"}
ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def saved_views(actor: Actor, symbols: Symbols) -> list[View]:
    """Make views of what the actor saved and what is shared with their teams."""
    if actor.user_id is None:
        return []
    mine = Q(owner=actor.user_id) | Q(team__in=symbols.get(MY_TEAMS, ()))
    rows = SavedView.objects.filter(mine).select_related("team")
    return [_view(row, actor, symbols) for row in rows.order_by("order", "name", "pk")]


def _view(row: SavedView, actor: Actor, symbols: Symbols) -> View:
    try:
        condition = read(row.condition, TICKET_VOCABULARY)
    except Refusal as gone:
        return _broken(row, str(gone))
    is_shared = UNTOLD.isdisjoint(each.field for each in comparisons(condition))
    return View(
        slug=row.slug,
        name=row.name,
        icon=row.icon,
        saved=row.pk,
        team=row.team.name if row.team else "",
        asks=lambda at: compiled(_bound(condition, actor, symbols, at), at=at),
        same=(condition, tuple(sorted(symbols.items()))) if is_shared else None,
        is_open=_is_open(_bound(condition, actor, symbols, ANY_MOMENT)),
        is_dear=next(counts(condition), None) is not None,
    )


def _broken(row: SavedView, problem: str) -> View:
    """Hold nothing, and say why: what the view asked for is gone."""
    return View(
        slug=row.slug,
        name=row.name,
        icon="triangle-alert",
        saved=row.pk,
        problem=problem,
        asks=lambda _at: Q(pk__in=[]),
        same=None,
    )


def _bound(condition: Condition, actor: Actor, symbols: Symbols, at: datetime) -> Bound:
    asker = Asker(at=at, actor=actor, symbols=symbols)
    return bind(condition, TICKET_VOCABULARY, asker=asker)


def _is_open(bound: Bound) -> bool:
    return not any(may_hold(bound, {STATE.name: state.value}) for state in ENDED)
