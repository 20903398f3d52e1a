"""
Carrying: what operators hold and what more fits.

The row of an operator is locked before their load is summed, in a statement of its own: a statement
that waited for the lock would still sum what it saw before it waited.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from ambidesk.ground.kernel.planned import Planned
from ambidesk.parties.staff.models import ENOUGH
from ambidesk.support.routing.models import Status

# What takes room now, by the ticket's own columns: no operator waits for a subscriber to be freed.
WEIGHS = """
    t.assignee_id = e.member_id AND e.active_since IS NOT NULL AND NOT t.suspended
    AND t.state NOT IN ('solved', 'closed')
    AND (t.snoozed_until IS NULL OR t.snoozed_until <= %(at)s)
    AND (t.waiting_for = 'us' OR e.keeps AND t.waiting_for = 'requester')
"""
# What waits for somebody else, or is over, is parked from here on: what weighs is looked for among
# what is active, and that must not grow while the subscriber that lets go of it lies behind.
# Whoever holds such a row settles it and may wait for the operator: it is passed over.
STOP = """
    active_seconds = active_seconds
        + greatest(extract(epoch FROM %(at)s - active_since)::int, 0), active_since = NULL
"""
# Tickets are looked up one by one, whatever the statistics make of their number.
TICKET = "(SELECT * FROM tickets_ticket WHERE id = e.ticket_id OFFSET 0)"
PARK = f"""
    UPDATE routing_engagement SET {STOP} WHERE ticket_id IN (
        SELECT e.ticket_id FROM routing_engagement e CROSS JOIN LATERAL {TICKET} t
         WHERE e.member_id = ANY(%(members)s) AND e.active_since IS NOT NULL
           AND t.assignee_id = e.member_id AND NOT ({WEIGHS})
           FOR UPDATE OF e SKIP LOCKED)
"""  # noqa: S608 our own columns
HANDS = f"""
    SELECT o.member_id,
           CASE WHEN absent.until IS NULL THEN o.status ELSE 'away' END,
           o.capacity, o.idle_since,
           (SELECT coalesce(sum(e.weight), 0)
              FROM routing_engagement e CROSS JOIN LATERAL {TICKET} t
             WHERE e.member_id = o.member_id AND {WEIGHS}),
           ARRAY(SELECT m.skill_id FROM staff_mastery m
                  WHERE m.member_id = o.member_id AND m.level >= {ENOUGH.value}),
           ARRAY(SELECT m.team_id FROM staff_membership m
                   JOIN routing_queue q ON q.team_id = m.team_id AND q.mode <> 'off'
                   JOIN staff_team team ON team.id = m.team_id AND team.archived_at IS NULL
                  WHERE m.member_id = o.member_id ORDER BY m.team_id),
           absent.until,
           ARRAY(SELECT ARRAY[f.team_id, f.ticket_id] FROM routing_offer f
                  WHERE f.member_id = o.member_id)
      FROM routing_operator o
      LEFT JOIN LATERAL (SELECT a.ends_at AS until FROM staff_absence a
                          WHERE a.member_id = o.member_id AND a.starts_at <= %(at)s
                            AND a.ends_at > %(at)s LIMIT 1) absent ON true
     WHERE o.member_id = ANY(%(members)s)
"""  # noqa: S608 our own columns

LOCK = """
    SELECT member_id FROM routing_operator WHERE member_id = ANY(%(members)s::bigint[])
     ORDER BY member_id FOR UPDATE
"""
# Planning takes five times as long as running, for each take anew.
LOCKED = Planned(
    "routing_hands",
    f"WITH parked AS ({PARK} RETURNING 1) {HANDS}",
    types={"members": "bigint[]", "at": "timestamptz"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """
    An operator with what they hold, what they can, and the teams whose queues they work.

    Who is absent is away until `absent_until`, whatever they said of themselves.
    """

    member: int
    status: Status
    capacity: int
    idle_since: datetime
    load: int
    skills: frozenset[int]
    teams: tuple[int, ...]
    absent_until: datetime | None = None
    # What they are offered of work of clients, by team.
    offers: Mapping[int, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        """How much weight more fits."""
        return max(self.capacity - self.load, 0)


def hands_of(members: Collection[int], *, at: datetime) -> Mapping[int, Hands]:
    """Read what these operators hold; who is no operator is not among them."""
    return _read(HANDS, members, at)


def lock_hands(members: Collection[int], *, at: datetime) -> Mapping[int, Hands]:
    """Lock these operators, in the order of their keys, and read what they hold from then on."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, {"members": sorted(members)})
        locked = [member for (member,) in cursor.fetchall()]
    # The select sees the rows as before the change beside it, and sums what weighs all the same.
    return _read(LOCKED.call(), locked, at) if locked else {}


def park(tickets: Collection[int], *, at: datetime) -> None:
    """Let these engagements weigh nothing until they come back."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE routing_engagement SET {STOP} WHERE ticket_id = ANY(%(tickets)s)",  # noqa: S608
            {"tickets": list(tickets), "at": at},
        )


def _read(sql: str, members: Collection[int], at: datetime) -> Mapping[int, Hands]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"members": sorted(members), "at": at})
        rows = cursor.fetchall()
    return {
        member: Hands(
            member=member,
            status=Status(status),
            capacity=capacity,
            idle_since=idle_since,
            load=int(load),
            skills=frozenset(skills),
            teams=tuple(teams),
            absent_until=absent,
            offers=dict(offers),
        )
        for member, status, capacity, idle_since, load, skills, teams, absent, offers in rows
    }
