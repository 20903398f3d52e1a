"""
Rescuing: jobs whose worker died stand `doing` for ever, and with them all of the same lock.

A worker is dead when it is silent and its session, which holds a lock by its number, is gone:
one that is merely busy keeps the session. Source: procrastinate 3.10, "stalled jobs".
"""

from django.db import connection, transaction

from ambidesk.ground.kernel.jobs.job import TOPIC
from ambidesk.ground.kernel.signals import signal

# The first key of the workers' advisory locks; the second is the worker's number.
LOCK_CLASS = 0x416D6269
SILENT_SECONDS = 10
# A job that took down so many workers, or failed in between, is not run again by itself.
LIVES = 10

DEAD = """
    SELECT worker.id FROM procrastinate_workers worker
     WHERE worker.last_heartbeat < now() - make_interval(secs => %s)
       AND NOT EXISTS (
           SELECT 1 FROM pg_locks held
            WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2
              AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND held.classid = %s AND held.objid::bigint = worker.id
       )
       FOR UPDATE SKIP LOCKED
"""
LEFT = """
    SELECT id, attempts FROM procrastinate_jobs
     WHERE status = 'doing' AND (worker_id IS NULL OR worker_id = ANY(%s))
       FOR UPDATE SKIP LOCKED
"""
AGAIN = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)"
GIVE_UP = "SELECT procrastinate_finish_job_v1(%s, 'failed', false)"
BURY = "DELETE FROM procrastinate_workers WHERE id = ANY(%s)"


@transaction.atomic
def rescue() -> int:
    """Give the jobs of dead workers back to the living; say how many."""
    with connection.cursor() as cursor:
        cursor.execute(DEAD, [SILENT_SECONDS, LOCK_CLASS])
        dead = [number for (number,) in cursor.fetchall()]
        cursor.execute(LEFT, [dead])
        left = cursor.fetchall()
        for number, attempts in left:
            cursor.execute(AGAIN if attempts < LIVES else GIVE_UP, [number])
        cursor.execute(BURY, [dead])
    if left:
        signal(TOPIC)
    return len(left)
