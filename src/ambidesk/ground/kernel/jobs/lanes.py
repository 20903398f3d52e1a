"""The lanes of jobs: one runs them, one rescues and reports them, one defers what is periodic."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ambidesk.ground.kernel.jobs.failing import report_failed
from ambidesk.ground.kernel.jobs.rescuing import rescue
from ambidesk.ground.kernel.jobs.schedule import Periodic, defer_due
from ambidesk.ground.kernel.jobs.working import WorkerLane
from ambidesk.ground.kernel.pumps import Lane


def lanes(periodics: Sequence[Periodic]) -> list[Lane | WorkerLane]:
    """Make the lanes for a worker process, with the schedule that wiring hands over."""
    return [
        WorkerLane(),
        Lane("jobs:care", _care, every=10.0),
        Lane("jobs:schedule", lambda: defer_due(periodics, at=datetime.now(UTC)), every=5.0),
    ]


def _care() -> int:
    return rescue() + report_failed(at=datetime.now(UTC))
