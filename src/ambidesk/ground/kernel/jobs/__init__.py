"""
Jobs: the long tail of work (exports, documents, imports), run by procrastinate.

A job is only a hint: it carries ids, is safe to run twice, and nothing of value hangs on it.
"""

from ambidesk.ground.kernel.jobs.failing import JobNotFailed, again
from ambidesk.ground.kernel.jobs.job import NEVER, Job, Retry, job
from ambidesk.ground.kernel.jobs.lanes import lanes
from ambidesk.ground.kernel.jobs.schedule import Periodic

__all__ = ["NEVER", "Job", "JobNotFailed", "Periodic", "Retry", "again", "job", "lanes"]
