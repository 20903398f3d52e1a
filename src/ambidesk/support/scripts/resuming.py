"""Resuming: a walk made anew from the rows of its run."""

from ambidesk.support.scripts.models import Passage, Run
from ambidesk.support.scripts.rules import reading
from ambidesk.support.scripts.rules.answers import read
from ambidesk.support.scripts.rules.flow import Flow
from ambidesk.support.scripts.rules.walking import Passed, Walk


def walk_of(run: Run) -> Walk:
    """Read where a run stands, in the version that it began on."""
    flow = reading.read_flow(run.version.flow)
    # Of many runs they were read together.
    rows = sorted(run.passages.all(), key=lambda row: row.position)
    return Walk(
        flow=flow,
        at=run.at_step,
        passed=tuple(_passed(flow, row) for row in rows if row.position < run.position),
        ahead=tuple(_passed(flow, row) for row in rows if row.position >= run.position),
    )


def _passed(flow: Flow, row: Passage) -> Passed:
    step = flow.step(row.step)
    return Passed(step=row.step, answer=read(step, row.answer) if step else None)
