"""Planning: which of somebody's open tickets would go to whom, as one question each kind."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.desk.steps.step import Step
from ambidesk.support.routing.knowing import Asked, know, team_of
from ambidesk.support.routing.needing import needs_of
from ambidesk.support.routing.rules import matching
from ambidesk.support.routing.rules.matching import Hand, No, Tie, Work
from ambidesk.support.routing.weighting import terms
from ambidesk.support.succession.models import Way
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """To whom open work goes; the member or the team just where the way asks for one."""

    way: Way
    member: Member | None = None
    team: Team | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some tickets that go one way; `to` is the member who gets them, if one does."""

    step: Step
    numbers: tuple[int, ...]
    to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be done; `left` are tickets for which nobody was found."""

    parts: tuple[Part, ...]
    left: tuple[int, ...] = field(default=())

    @property
    def total(self) -> int:
        """How many tickets would go."""
        return sum(len(part.numbers) for part in self.parts)


def open_work_of(member: Member, *, by: Actor) -> QuerySet[Ticket]:
    """All open tickets that a member holds and the actor sees."""
    return Ticket.objects.visible_to(by).active().filter(assignee=member)


def held_by(member: Member) -> int:
    """Count all open work of somebody, whoever asks: so much would be left lying."""
    return Ticket.objects.active().filter(assignee=member).count()


def planned(member: Member, target: Target, *, by: Actor, at: datetime) -> Plan:
    """Plan the handover of all that the member holds."""
    tickets = list(open_work_of(member, by=by).order_by("pk"))
    numbers = tuple(ticket.pk for ticket in tickets)
    if not numbers:
        return Plan(parts=())
    match target.way:
        case Way.SKILLS:
            return _by_skills(member, tickets, at)
        case Way.TEAM:
            step = Step(
                action="tickets.hand_over",
                parameters={"team_id": target.team.pk if target.team else 0},
            )
        case Way.MEMBER:
            return Plan(parts=(_given(target.member.pk if target.member else 0, numbers),))
        case Way.BACK:
            step = Step(action="tickets.give", parameters={"assignee_id": None})
    return Plan(parts=(Part(step=step, numbers=numbers),))


def _given(member: int, numbers: Sequence[int]) -> Part:
    step = Step(action="tickets.give", parameters={"assignee_id": member})
    return Part(step=step, numbers=tuple(numbers), to=member)


def _by_skills(member: Member, tickets: Sequence[Ticket], at: datetime) -> Plan:
    """Give each ticket to a colleague of its team who can do it, evenly, whoever knows it first."""
    numbers = [ticket.pk for ticket in tickets]
    needs = needs_of(numbers, at=at)
    asked = [
        Asked(ticket=number, weight=1, needs=needs.get(number, frozenset())) for number in numbers
    ]
    said = terms()
    known = know(asked, said, at=at)
    hands = _hands(member, tickets, at)
    found: dict[int, list[int]] = defaultdict(list)
    left = []
    for ticket in tickets:
        plain = Work(ticket=ticket.pk, weight=1, needs=needs.get(ticket.pk, frozenset()))
        work = known.works.get(ticket.pk, plain)
        ties: Mapping[int, Tie] = known.ties.get(ticket.pk, {})
        weights = replace(said.weights, load=max(said.weights.load, 1))
        team_hands = hands.get(ticket.team_id or 0, {}).values()
        chosen = matching.match(work, team_hands, ties=ties, weights=weights)
        if chosen.chosen is None:
            left.append(ticket.pk)
            continue
        found[chosen.chosen].append(ticket.pk)
        for team in hands.values():
            if chosen.chosen in team:
                hand = team[chosen.chosen]
                team[chosen.chosen] = replace(hand, load=hand.load + 1, idle_since=at)
    parts = tuple(_given(to, taken) for to, taken in sorted(found.items()))
    return Plan(parts=parts, left=tuple(left))


def _hands(
    member: Member, tickets: Sequence[Ticket], at: datetime
) -> Mapping[int, dict[int, Hand]]:
    """
    Read who of each team could take some: here, and without regard to their queue's room.

    What somebody holds is the number of their open tickets: handed work does not wait for room.
    """
    teams = {ticket.team_id for ticket in tickets if ticket.team_id}
    read = {team: team_of(team, present=None, at=at) for team in sorted(teams)}
    everybody = {hand.member for hands in read.values() for hand in hands}
    rows = Ticket.objects.active().filter(assignee__in=everybody).values_list("assignee", flat=True)
    held = Counter(rows.order_by())
    room = max(held.values(), default=0) + len(tickets) + 1
    return {
        team: {
            hand.member: replace(
                hand,
                load=held[hand.member],
                capacity=room,
                why_not=None if hand.why_not is No.NO_QUEUE else hand.why_not,
            )
            for hand in hands
            if hand.member != member.pk
        }
        for team, hands in read.items()
    }
