"""
Claiming: one statement finds what is next in a queue, takes its place and gives it to somebody.

SKIP LOCKED lets any number pull at once; the row goes with the claim, so nothing is given twice.
Places are walked in their order until one can be had, whatever the statistics of a queue that
grew a minute ago make PostgreSQL believe.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from ambidesk.ground.kernel.planned import Planned
from ambidesk.support.routing.carrying import Hands
from ambidesk.support.routing.events import How, TalkTaken
from ambidesk.support.routing.models import Rank
from ambidesk.support.tickets.models import Ticket

# A place may be older than the truth for a moment: the ticket itself has the last word.
# With OFFSET a select is never folded into the one around it: its order is the order of the walk,
# and how many places there are decides how they are sorted, not a guess of how many fit.
# What these hands can take: by the place, and by the ticket, which has the last word.
FITS = """
    p.needs <@ %(skills)s::bigint[] AND p.weight <= %(free)s
    AND (p.reserved_for_id IS NULL OR p.reserved_for_id = %(member)s)
"""
STANDS = """
    (t.assignee_id IS NULL OR t.assignee_id = p.reserved_for_id)
    AND t.team_id = p.team_id
    AND (%(brands)s::bigint[] IS NULL OR t.brand_id = ANY(%(brands)s::bigint[]))
    AND t.waiting_for = 'us' AND t.state IN ('new', 'open') AND NOT t.suspended
    AND (t.snoozed_until IS NULL OR t.snoozed_until <= %(at)s)
    AND t.brand_id IN (SELECT served.brand_id FROM staff_team_brands served
                        WHERE served.team_id = p.team_id)
"""


def _first(team: str, *, above: str, columns: str = "p.ticket_id") -> str:
    """Select what comes first in a queue of those of a rank or above, whoever writes on it."""
    return f"""
        SELECT {columns} FROM routing_place p JOIN tickets_ticket t ON t.id = p.ticket_id
         WHERE p.team_id = {team} AND p.rank >= {above} AND {FITS} AND {STANDS}
         ORDER BY p.rank DESC, p.priority DESC, p.since, p.ticket_id LIMIT 1
    """  # noqa: S608 our own columns


FIRST_RETURNED = _first("%(team)s", above="%(returned)s")
FIRST_OF_TEAM = _first("team", above="%(rank)s", columns="p.ticket_id, p.rank, p.priority, p.since")
TAKEN = """gone AS (DELETE FROM routing_place p USING next WHERE p.ticket_id = next.id),
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
              WHERE member_id = %(member)s AND EXISTS (SELECT 1 FROM next))"""
KEPT = """,
    kept AS (
        INSERT INTO routing_choice (ticket_id, team_id, member_id, at, reasons)
        SELECT f.ticket_id, f.team_id, f.member_id, %(at)s, f.reasons
          FROM next JOIN routing_offer f ON f.ticket_id = next.id
           AND f.team_id = next.team_id AND f.member_id = %(member)s)
"""


OFFERED = """
            (SELECT * FROM routing_place p WHERE ticket_id = %(offered)s::bigint
                AND team_id = %(team)s AND NOT EXISTS (
                    SELECT 1 FROM routing_place q WHERE q.team_id = %(team)s
                       AND (q.rank, q.priority) > (p.rank, p.priority)
                       AND q.needs <@ %(skills)s::bigint[] AND q.weight <= %(free)s
                       AND (q.reserved_for_id IS NULL OR q.reserved_for_id = %(member)s)))
            UNION ALL"""


# By name: a plan that is kept gives what it gave, whatever an upgrade adds to the table.
COLUMNS = ", ".join(f"t.{field.column}" for field in Ticket._meta.concrete_fields)  # noqa: SLF001 Django documents it


def _claim(*, only: str = "", offered: bool = False) -> str:
    """Write the statement; with an offer that goes before its equals, and its reasons are kept."""
    return f"""
    WITH next AS MATERIALIZED (
        SELECT head.* FROM ({OFFERED if offered else ""}
            (SELECT * FROM routing_place WHERE team_id = %(team)s {only}
              ORDER BY rank DESC, priority DESC, since, ticket_id OFFSET 0)) AS line
         CROSS JOIN LATERAL (
            SELECT {COLUMNS}, p.weight AS place_weight, p.needs AS place_needs,
                   p.rank AS place_rank,
                   p.since AS place_since, p.expected_for AS place_expected, p.keeps AS place_keeps
              FROM routing_place p JOIN tickets_ticket t ON t.id = p.ticket_id
             WHERE p.ticket_id = line.ticket_id AND p.team_id = %(team)s
               AND {FITS} AND {STANDS}
               FOR NO KEY UPDATE OF t SKIP LOCKED FOR UPDATE OF p SKIP LOCKED) AS head
         WHERE line.needs <@ %(skills)s::bigint[] AND line.weight <= %(free)s
           AND (line.reserved_for_id IS NULL OR line.reserved_for_id = %(member)s)
         LIMIT 1),
    {TAKEN}{KEPT if offered else ""}
    SELECT next.*,
           CASE WHEN next.place_rank < %(returned)s THEN ({FIRST_RETURNED}) END AS overlooked
      FROM next
"""  # noqa: S608 our own columns


CLAIM_ONE, CLAIM_OFFERED = _claim(only="AND ticket_id = %(ticket)s"), _claim(offered=True)
# Whoever pulls takes what is next, whichever it is: planning takes longer than running.
PULL = Planned(
    "routing_pull",
    _claim(),
    types={
        "team": "bigint",
        "member": "bigint",
        "skills": "bigint[]",
        "free": "integer",
        "brands": "bigint[]",
        "at": "timestamptz",
        "returned": "integer",
    },
)
HEADS = f"""
    SELECT team, head.ticket_id
      FROM unnest(%(teams)s::bigint[]) AS team CROSS JOIN LATERAL ({FIRST_OF_TEAM}) AS head
     ORDER BY head.rank DESC, head.priority DESC, head.since, team
"""  # noqa: S608 our own columns

Asked = int | datetime | list[int] | None


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
    # What came back and should have been next, were it not written on at this moment.
    overlooked: int | None


def claim(
    team: int,
    hands: Hands,
    *,
    ticket: int | None = None,
    brands: list[int] | None = None,
    at: datetime,
) -> Claimed | None:
    """
    Let these hands hold what is next in the team's queue, of some brands, or a certain ticket.

    The caller holds the operator locked; what fits neither skills nor room is not given. What
    these hands are offered goes before its equals, and why is kept.
    """
    given = _asked(hands, brands, at) | {
        "team": team,
        "ticket": ticket,
        "returned": Rank.RETURNED.value,
    }
    offered = hands.offers.get(team) if ticket is None else None
    if offered:
        statement, given = CLAIM_OFFERED, given | {"offered": offered}
    else:
        statement = PULL.call() if ticket is None else CLAIM_ONE
    for row in Ticket.objects.raw(statement, given):
        beside = vars(row)
        return Claimed(
            ticket=row,
            weight=beside["place_weight"],
            keeps=beside["place_keeps"],
            needs=tuple(beside["place_needs"]),
            rank=beside["place_rank"],
            since=beside["place_since"],
            expected_for=beside["place_expected"],
            overlooked=beside["overlooked"],
        )
    return None


def in_order_of_heads(
    hands: Hands, *, brands: list[int] | None = None, at: datetime
) -> Sequence[int]:
    """Sort the teams of these hands by what is next for them there; the most urgent first."""
    if len(hands.teams) < 2:
        return hands.teams
    asked = _asked(hands, brands, at) | {"teams": list(hands.teams), "rank": Rank.WAITING.value}
    return [team for team, _ticket in _heads(asked)]


def passed_over(
    hands: Hands,
    teams: Sequence[int],
    *,
    rank: Rank = Rank.WAITING,
    brands: list[int] | None = None,
    at: datetime,
) -> int | None:
    """Name the ticket that comes first of those with this rank or above, whoever writes on it."""
    asked = _asked(hands, brands, at) | {"teams": list(teams), "rank": rank.value}
    return next((ticket for _team, ticket in _heads(asked)), None)


def _heads(asked: Mapping[str, Asked]) -> Sequence[tuple[int, int]]:
    """Teams with the ticket that is next in each."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS, asked)
        return [(team, ticket) for team, ticket in cursor.fetchall()]


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


def _asked(hands: Hands, brands: list[int] | None, at: datetime) -> dict[str, Asked]:
    return {
        "brands": brands,
        "member": hands.member,
        "skills": sorted(hands.skills),
        "free": hands.free,
        "at": at,
    }


def _seconds(since: datetime, at: datetime) -> int:
    return max(int((at - since).total_seconds()), 0)
