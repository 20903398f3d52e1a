"""
Sweeping: what was reached of warnings and breaches is told, in one transaction a batch.

Rows that another sweeper holds are left to it; what was told is told once. A batch is one UPDATE
and its journal, for all clocks may warn within one minute.
"""

from datetime import datetime

from django.db import connection, transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.sla.events import PromiseWarned

AT_ONCE = 2_000
REACH = """
    WITH due AS MATERIALIZED (
        SELECT id, told, moments, next_at
          FROM sla_clock WHERE next_at <= %(at)s
         ORDER BY next_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
    ), reached AS (
        SELECT id, told, next_at,
               (SELECT count(*) FROM unnest(moments) AS each WHERE each <= %(at)s)::int AS number
          FROM due
    ), swept AS (
        UPDATE sla_clock AS clock
           SET told = reached.number, next_at = clock.moments[reached.number + 1]
          FROM reached WHERE clock.id = reached.id
        RETURNING clock.id, clock.promise_id, reached.told AS before, reached.number,
                  cardinality(clock.moments) AS breach, reached.next_at
    )
    SELECT promise_id, swept.id, before, number, breach, version.policy_id
      FROM swept JOIN sla_promise promise ON promise.id = swept.promise_id
      LEFT JOIN sla_policyversion version ON version.id = promise.policy_id
     ORDER BY next_at, swept.id
"""


@transaction.atomic
def sweep_due(*, by: Actor, at: datetime, limit: int = AT_ONCE) -> int:
    """Tell what the clocks have reached, the longest overdue first; say how many clocks had."""
    with connection.cursor() as cursor:
        cursor.execute(REACH, {"at": at, "limit": limit})
        rows = cursor.fetchall()
    events = [
        PromiseWarned(
            promise_id=promise,
            clock_id=clock,
            level=level,
            breached=level == breach,
            policy_id=policy,
        )
        for promise, clock, before, number, breach, policy in rows
        for level in range(before + 1, number + 1)
    ]
    if events:
        journal.record_many(events, by=by, at=at)
    return len(rows)
