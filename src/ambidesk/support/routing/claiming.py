"""
Claiming: one statement finds what is next in a queue, takes its place and gives it to somebody.

SKIP LOCKED lets any number pull at once; the row goes with the claim, so nothing is given twice.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from ambidesk.support.routing.carrying import Hands
from ambidesk.support.routing.events import How, TalkTaken
from ambidesk.support.routing.models import Rank
from ambidesk.support.tickets.models import Ticket

# A place may be older than the truth for a moment: the ticket itself has the last word.
CLAIM = """
    WITH next AS MATERIALIZED (
        SELECT t.*, p.weight AS place_weight, p.needs AS place_needs, p.rank AS place_rank,
               p.since AS place_since, p.expected_for AS place_expected, p.keeps AS place_keeps
          FROM routing_place p JOIN tickets_ticket t ON t.id = p.ticket_id
         WHERE p.team_id = %(team)s AND (%(ticket)s::bigint IS NULL OR p.ticket_id = %(ticket)s)
           AND (p.reserved_for_id IS NULL OR p.reserved_for_id = %(member)s)
           AND p.needs <@ %(skills)s::bigint[] AND p.weight <= %(free)s
           AND (t.assignee_id IS NULL OR t.assignee_id = p.reserved_for_id)
           AND t.team_id = p.team_id
           AND t.waiting_for = 'us' AND t.state IN ('new', 'open') AND NOT t.suspended
           AND (t.snoozed_until IS NULL OR t.snoozed_until <= %(at)s)
           AND EXISTS (SELECT 1 FROM staff_team_brands served
                        WHERE served.team_id = p.team_id AND served.brand_id = t.brand_id)
         ORDER BY p.rank DESC, p.priority DESC, p.since, p.ticket_id
         LIMIT 1 FOR UPDATE OF p SKIP LOCKED FOR NO KEY UPDATE OF t SKIP LOCKED),
    gone AS (DELETE FROM routing_place p USING next WHERE p.ticket_id = next.id),
    held AS (
        INSERT INTO routing_engagement AS e
            (ticket_id, member_id, team_id, weight, keeps, by_hand, since, active_since,
             active_seconds)
        SELECT id, %(member)s, team_id, place_weight, place_keeps, false, %(at)s, %(at)s, 0
          FROM next
        ON CONFLICT (ticket_id) DO UPDATE SET team_id = excluded.team_id,
            weight = excluded.weight, keeps = excluded.keeps, member_id = excluded.member_id,
            by_hand = false, active_since = excluded.active_since,
            since = CASE WHEN e.member_id = excluded.member_id THEN e.since
                    ELSE excluded.since END,
            active_seconds = CASE WHEN e.member_id = excluded.member_id THEN e.active_seconds
                             ELSE 0 END),
    busy AS (UPDATE routing_operator SET idle_since = %(at)s
              WHERE member_id = %(member)s AND EXISTS (SELECT 1 FROM next))
    SELECT * FROM next
"""
HEADS = """
    SELECT team FROM unnest(%(teams)s::bigint[]) AS team
     CROSS JOIN LATERAL (
        SELECT rank, priority, since FROM routing_place WHERE team_id = team
         ORDER BY rank DESC, priority DESC, since, ticket_id LIMIT 1) AS head
     ORDER BY head.rank DESC, head.priority DESC, head.since
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A ticket, locked, with the place that it had until now."""

    ticket: Ticket
    weight: int
    keeps: bool
    needs: tuple[int, ...]
    rank: int
    since: datetime
    expected_for: int | None


def claim(team: int, hands: Hands, *, ticket: int | None = None, at: datetime) -> Claimed | None:
    """
    Let these hands hold what is next in the team's queue, or a certain ticket of it.

    The caller holds the operator locked; what fits neither skills nor room is not given.
    """
    given = {
        "team": team,
        "ticket": ticket,
        "member": hands.member,
        "skills": sorted(hands.skills),
        "free": hands.free,
        "at": at,
    }
    for row in Ticket.objects.raw(CLAIM, given):
        beside = vars(row)
        return Claimed(
            ticket=row,
            weight=beside["place_weight"],
            keeps=beside["place_keeps"],
            needs=tuple(beside["place_needs"]),
            rank=beside["place_rank"],
            since=beside["place_since"],
            expected_for=beside["place_expected"],
        )
    return None


def in_order_of_heads(teams: tuple[int, ...]) -> tuple[int, ...]:
    """Sort teams by what is next in each queue, the most urgent first; empty ones drop out."""
    if len(teams) < 2:
        return teams
    with connection.cursor() as cursor:
        cursor.execute(HEADS, {"teams": list(teams)})
        return tuple(team for (team,) in cursor.fetchall())


def reason_of(claimed: Claimed, hands: Hands, *, how: How, at: datetime) -> TalkTaken:
    """Put down everything that decided it."""
    return TalkTaken(
        ticket_id=claimed.ticket.pk,
        member_id=hands.member,
        team_id=claimed.ticket.team_id or 0,
        how=how,
        returned=claimed.rank == Rank.RETURNED,
        waited_seconds=_seconds(claimed.since, at),
        expected_seconds=claimed.expected_for,
        idle_seconds=_seconds(hands.idle_since, at),
        weight=claimed.weight,
        load=hands.load + claimed.weight,
        capacity=hands.capacity,
        skill_ids=list(claimed.needs),
    )


def _seconds(since: datetime, at: datetime) -> int:
    return max(int((at - since).total_seconds()), 0)
