"""The path of a request through its process: stages passed, where it stands, what is ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language

from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Stay
from ambidesk.service.workflow.rules.plan import Plan, Stage, StageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stage on the path; `seconds` is how long it was stayed in, None where never."""

    name: str
    state: str
    seconds: float | None


def marks_of(plan: Plan, stays: Sequence[Stay], *, at: datetime) -> tuple[Mark, ...]:
    """Say of each stage how it stands; the stays are in their order."""
    language = get_language() or "en"
    spent: dict[str, timedelta] = {}
    # By name, so that what was stayed in before a conversion counts for its twin.
    for stay in stays:
        name = stage_of(stay).name.said(language)
        length = max((stay.left_at or at) - stay.entered_at, timedelta())
        spent[name] = spent.get(name, timedelta()) + length
    now = {stay.stage: stay for stay in stays if stay.left_at is None}
    ends = [stage.id for stage in plan.stages if stage.kind is StageKind.END]
    last = stays[-1].stage if stays else 0
    end = last if last in ends else next(iter(ends), 0)
    shown = [stage for stage in plan.stages if stage.kind is not StageKind.END or stage.id == end]
    return tuple(_mark(each, spent, now=now, last=last, language=language) for each in shown)


def _mark(
    stage: Stage, spent: dict[str, timedelta], *, now: dict[int, Stay], last: int, language: str
) -> Mark:
    name = stage.name.said(language)
    stay, length = now.get(stage.id), spent.get(name)
    if stay is not None:
        state = "waits" if stay.waits_from is not None else "here"
    else:
        state = "ahead" if length is None else "done"
    is_end = stage.kind is StageKind.END
    return Mark(
        name=name,
        state=state if not is_end or stage.id == last else "ahead",
        seconds=None if length is None or is_end else length.total_seconds(),
    )
