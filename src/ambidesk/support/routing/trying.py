"""
Trying: whom tickets would be given to by certain terms; nothing is changed.

One question a team and a few for all tickets, whatever their number.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.routing.attendance import present_operators
from ambidesk.support.routing.knowing import Asked, know, team_of
from ambidesk.support.routing.models import Place, Terms
from ambidesk.support.routing.needing import needs_of
from ambidesk.support.routing.reasons import Reasons
from ambidesk.support.routing.rules.matching import Hand, match
from ambidesk.support.routing.weighing import default_of, weights
from ambidesk.support.tickets.models import Ticket

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A ticket, and who would get it for which reasons."""

    ticket: Ticket
    reasons: Reasons


def try_on(
    tickets: Sequence[Ticket], terms: Terms, *, all_there: bool, at: datetime
) -> tuple[Trial, ...]:
    """
    Say who would get each of these tickets of clients, one after another, as they would be given.

    With `all_there` everybody counts as online who is not absent. What somebody holds already does
    not stand in the way of their getting just that.
    """
    wanted = [ticket for ticket in tickets if ticket.company_id and ticket.team_id]
    known = know(_asked(wanted, at), terms, at=at)
    teams: dict[int, list[Hand]] = {
        team: team_of(team, present=None if all_there else present_operators(team), at=at)
        for team in sorted({ticket.team_id for ticket in wanted if ticket.team_id})
    }
    taken: dict[int, int] = defaultdict(int)
    trials = []
    for ticket in wanted:
        work = known.works[ticket.pk]
        hands = [
            replace(hand, load=_load(hand, ticket, work.weight, taken))
            for hand in teams[ticket.team_id or 0]
        ]
        found = match(work, hands, ties=known.ties[ticket.pk], weights=terms.weights)
        if found.chosen and ticket.assignee_id is None:
            taken[found.chosen] += work.weight
        reasons = Reasons(match=found, risk=work.risk, is_key=work.is_key)
        trials.append(Trial(ticket=ticket, reasons=reasons))
    return tuple(trials)


def open_work(*, by: Actor) -> Sequence[Ticket]:
    """Give the open tickets of clients that the actor sees: what is nobody's and presses first."""
    rows = Ticket.objects.visible_to(by).active().filter(company__isnull=False, team__isnull=False)
    rows = rows.filter(suspended=False).select_related("assignee__user", "company", "channel")
    waiting = list(rows.filter(assignee=None).order_by("due_at", "pk")[:MOST])
    held = rows.filter(assignee__isnull=False).order_by("-last_at", "-pk")
    return [*waiting, *held[: MOST - len(waiting)]]


def _asked(tickets: Sequence[Ticket], at: datetime) -> list[Asked]:
    numbers = [ticket.pk for ticket in tickets]
    needs, places = needs_of(numbers, at=at), Place.objects.in_bulk(numbers)
    known = weights()
    asked = []
    for ticket in tickets:
        kind = ticket.channel.kind if ticket.channel else "hand"
        place = places.get(ticket.pk)
        asked.append(
            Asked(
                ticket=ticket.pk,
                weight=(known.get(kind) or default_of(kind)).weight,
                needs=needs.get(ticket.pk, frozenset()),
                reserved_for=place.reserved_for_id if place else None,
            )
        )
    return asked


def _load(hand: Hand, ticket: Ticket, weight: int, taken: Mapping[int, int]) -> int:
    own = weight if ticket.assignee_id == hand.member else 0
    return max(hand.load + taken.get(hand.member, 0) - own, 0)
