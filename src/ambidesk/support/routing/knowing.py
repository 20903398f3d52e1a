"""
Knowing: what matching asks of tickets and of the members of a team, read as sets.

Whatever the number of tickets and members, the number of questions is the same.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Count

from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.parties.staff.models import Mastery, Membership
from ambidesk.parties.staff.standing_in import Away, away_of
from ambidesk.parties.stewards.models import Duty, Steward
from ambidesk.support.routing.carrying import Hands, hands_of
from ambidesk.support.routing.models import Status, Terms
from ambidesk.support.routing.rules.matching import Hand, No, Tie, Work
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Ticket

# From here on a promise begins to be near, and from there on it presses.
NEAR: Final = timedelta(hours=4)
PRESSES: Final = timedelta(hours=1)
PRESSING_RISK: Final = 1 - PRESSES / NEAR
# Who was last in charge of something else of the same person for the same company.
BEFORE = """
    SELECT asked.id, other.assignee_id FROM tickets_ticket asked
     CROSS JOIN LATERAL (
        SELECT t.assignee_id FROM tickets_ticket t
         WHERE t.requester_id = asked.requester_id AND t.id <> asked.id
           AND t.assignee_id IS NOT NULL AND t.company_id IS NOT DISTINCT FROM asked.company_id
         ORDER BY t.last_at DESC, t.id DESC LIMIT 1) AS other
     WHERE asked.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of one ticket: its weight, needs and for whom alone it waits."""

    ticket: int
    weight: int
    needs: frozenset[int]
    reserved_for: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of tickets of clients: the work itself, and how members know the client."""

    works: Mapping[int, Work]
    ties: Mapping[int, Mapping[int, Tie]]


def know(asked: Sequence[Asked], terms: Terms, *, at: datetime) -> Known:
    """Read what matching asks of these tickets; those without a company are not among them."""
    numbers = [each.ticket for each in asked]
    rows = Ticket.objects.filter(pk__in=numbers, company__isnull=False)
    companies = dict(rows.values_list("pk", "company"))
    if not companies:
        return Known(works={}, ties={})
    due = dict(rows.values_list("pk", "due_at"))
    keys = _key_tickets(companies, terms, at)
    works = {
        each.ticket: Work(
            ticket=each.ticket,
            weight=each.weight,
            needs=each.needs,
            risk=risk_of(due[each.ticket], at=at),
            is_key=each.ticket in keys,
            reserved_for=each.reserved_for,
        )
        for each in asked
        if each.ticket in companies
    }
    return Known(works=works, ties=_ties(companies, at))


def risk_of(due_at: datetime | None, *, at: datetime) -> float:
    """Say in [0, 1] how near a promise is: nought beyond four hours, one when it is broken."""
    if due_at is None:
        return 0.0
    return min(max(1 - (due_at - at) / NEAR, 0.0), 1.0)


def team_of(team: int, *, present: Collection[int] | None, at: datetime) -> list[Hand]:
    """
    Read every member of a team as matching sees them; skills by their levels.

    `present` are the operators who have the desk open; without it everybody counts as online who
    is not absent.
    """
    rows = Membership.objects.filter(team=team, member__user__is_active=True)
    members = list(rows.order_by("member").values_list("member", flat=True))
    hands, away = hands_of(members, at=at), away_of(members, at=at)
    levels = _levels(members)
    pressing = _pressing(members, at)
    return [
        _hand(
            member,
            hands.get(member),
            away.get(member),
            present=present,
            levels=levels.get(member, {}),
            pressing=pressing.get(member, 0),
            at=at,
        )
        for member in members
    ]


def _hand(
    member: int,
    hands: Hands | None,
    away: Away | None,
    *,
    present: Collection[int] | None,
    levels: Mapping[int, int],
    pressing: int,
    at: datetime,
) -> Hand:
    return Hand(
        member=member,
        load=hands.load if hands else 0,
        capacity=hands.capacity if hands else 0,
        idle_since=hands.idle_since if hands else at,
        levels=levels,
        pressing=pressing,
        why_not=_why_not(hands, away, present),
        until=away.until if away else None,
    )


def _why_not(hands: Hands | None, away: Away | None, present: Collection[int] | None) -> No | None:
    if away:
        return No.ABSENT
    if hands is None:
        return No.NO_QUEUE
    if present is None:
        return None
    if hands.status in {Status.AWAY, Status.INVISIBLE} or hands.member not in present:
        return No.AWAY
    return No.BUSY if hands.status is Status.BUSY else None


def _levels(members: Collection[int]) -> Mapping[int, Mapping[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Mastery.objects.filter(member__in=members, skill__archived_at=None)
    for member, skill, level in rows.values_list("member", "skill", "level"):
        found[member][skill] = level
    return found


def _pressing(members: Collection[int], at: datetime) -> Mapping[int, int]:
    rows = Ticket.objects.active().filter(assignee__in=members, due_at__lt=at + PRESSES)
    counted = rows.order_by().values("assignee").annotate(held=Count("pk"))
    return dict(counted.values_list("assignee", "held"))


def _key_tickets(numbers: Collection[int], terms: Terms, at: datetime) -> frozenset[int]:
    if not terms.key_clients:
        return frozenset()
    try:
        condition = read(terms.key_clients, TICKET_VOCABULARY)
    except Refusal:
        # What it asks for is gone: then nobody is a key client.
        return frozenset()
    asks = compiled(bind(condition, TICKET_VOCABULARY, asker=Asker(at=at, symbols={})), at=at)
    rows = Ticket.objects.filter(pk__in=numbers).filter(asks)
    return frozenset(rows.values_list("pk", flat=True))


def _ties(companies: Mapping[int, int], at: datetime) -> Mapping[int, Mapping[int, Tie]]:
    """The closest tie of each member to the client of each ticket, deputies of the absent too."""
    served: dict[int, dict[int, Tie]] = defaultdict(dict)
    rows = Steward.objects.on(day_of(at)).filter(company__in=set(companies.values()))
    for company, member, duty in rows.values_list("company", "member", "duty"):
        tie = Tie.MANAGER if duty == Duty.MANAGER else Tie.SERVES
        _closer(served[company], member, tie)
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, [list(companies)])
        before = dict(cursor.fetchall())
    away = away_of(None, at=at)
    ties: dict[int, dict[int, Tie]] = {}
    for ticket, company in companies.items():
        known = dict(served.get(company, {}))
        if ticket in before:
            _closer(known, before[ticket], Tie.BEFORE)
        for member in list(known):
            stand_in = away[member].stand_in if member in away else None
            if stand_in and known[member] in {Tie.BEFORE, Tie.MANAGER}:
                _closer(known, stand_in, Tie.DEPUTY)
        ties[ticket] = known
    return ties


def _closer(known: dict[int, Tie], member: int, tie: Tie) -> None:
    order = list(Tie)
    if member not in known or order.index(tie) < order.index(known[member]):
        known[member] = tie
