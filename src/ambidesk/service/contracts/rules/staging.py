"""
Staging: which of a contract's promises about stages is that of a stay.

Its own line goes first, then its stage, then its process; of equals the shortest time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePromised:
    """One promise of a version about stages, by ids; `calendar` None is that of its policy."""

    key: int
    work: timedelta
    line: int | None = None
    process: int | None = None
    stage: int | None = None
    calendar: int | None = None
    warnings: tuple[timedelta, ...] = ()
    waits: bool = False


def stage_promise_for(
    among: Sequence[StagePromised], *, line: int, process: int, stage: int
) -> StagePromised | None:
    """Choose the most specific promise about a stage, of equals the strictest."""
    fits = [
        each
        for each in among
        if each.line in {None, line}
        and each.process in {None, process}
        and each.stage in {None, stage}
    ]
    return min(fits, key=_rank, default=None)


def _rank(each: StagePromised) -> tuple[bool, bool, bool, timedelta, int]:
    return (
        each.line is None,
        each.stage is None,
        each.process is None,
        each.work,
        each.key,
    )
