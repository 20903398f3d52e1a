"""Failing: a job that gave up stands among the problems until somebody has it run again."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import problems
from ambidesk.ground.kernel.jobs.job import TOPIC
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.signals import signal

KIND, SUBJECT = "job-failed", "job"
AT_ONCE = 100

# Also what failed anew after it was declared solved.
UNREPORTED = """
    SELECT failed.id, failed.task_name FROM procrastinate_jobs failed
     WHERE failed.status = 'failed' AND NOT EXISTS (
           SELECT 1 FROM kernel_problem known
            WHERE known.kind = %s AND known.subject_kind = %s AND known.subject_id = failed.id
              AND (known.solved_at IS NULL OR known.solved_at >= (
                  SELECT max(event.at) FROM procrastinate_events event
                   WHERE event.job_id = failed.id AND event.type = 'failed'))
     )
     ORDER BY failed.id LIMIT %s
"""


class JobNotFailed(Refusal):
    """Only what gave up can be run again by hand."""

    sentence = _("This job has not failed, or it has been run again already.")


def report_failed(*, at: datetime) -> int:
    """Put the jobs that gave up among the problems; say how many were new."""
    with connection.cursor() as cursor:
        cursor.execute(UNREPORTED, [KIND, SUBJECT, AT_ONCE])
        failed = cursor.fetchall()
    for number, task in failed:
        problems.report(KIND, (SUBJECT, number), at=at, facts={"job": task})
    return len(failed)


@transaction.atomic
def again(number: int, *, at: datetime) -> None:
    """
    Have a failed job run again.

    Raises:
        JobNotFailed: it runs, waits or is done.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL)"
            " FROM procrastinate_jobs WHERE id = %s AND status = 'failed'",
            [number],
        )
        if not cursor.rowcount:
            raise JobNotFailed
    problems.resolve(KIND, (SUBJECT, number), at=at)
    signal(TOPIC)
