"""
Going: rows of a run moved as the rules say; the holder of the run has locked itself.

What lies in the rows is what the fold of the same moves gives.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.sla.keeping import make_promises
from ambidesk.service.sla.models import CalendarVersion
from ambidesk.service.workflow.models import ProcessVersion, Run, Stay, Tick
from ambidesk.service.workflow.models.run import PLACES, standing_of
from ambidesk.service.workflow.rules import standing as rules
from ambidesk.service.workflow.rules.converting import Conversion
from ambidesk.service.workflow.rules.plan import Stage, Transition
from ambidesk.service.workflow.rules.standing import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a move did to the rows."""

    left: tuple[Stay, ...]
    entered: tuple[Stay, ...]
    ended: bool


def begin_run(version: ProcessVersion, *, at: datetime) -> tuple[Run, Stay]:
    """Begin a version at its first stage."""
    run = Run.objects.create(version=version, begun_at=at, moved_at=at)
    (token,) = rules.begin(version.plan).tokens
    return run, _enter(run, token, at=at)


def take(run: Run, way: Transition, *, at: datetime) -> Moved:
    """
    Take a transition.

    Raises:
        NotFromHere: nothing stands where it begins.
    """
    plan = run.version.plan
    step = rules.move(plan, standing_of(run), by_way=way.id)
    left = _leave(run, step.left, at=at)
    entered = tuple(_enter(run, token, at=at) for token in step.entered)
    ended = rules.is_over(plan, step.after)
    run.moved_at = at
    run.returns += way.rework
    if ended:
        run.ended_at = at
        _leave(run, step.after.tokens, at=at)
    run.save(update_fields=["moved_at", "ended_at", "returns"])
    return Moved(left=left, entered=entered, ended=ended)


def go_over(run: Run, version: ProcessVersion, *, becomes: Conversion, at: datetime) -> Stay:
    """Bring a run to another version, as a conversion says; give what was entered."""
    twin = run.stays.filter(left_at=None, stage=becomes.continues or 0).first()
    before = _ticked_words(run)
    _leave(run, standing_of(run).tokens, at=at)
    run.version, run.moved_at, run.ended_at = version, at, None
    run.save(update_fields=["version", "moved_at", "ended_at"])
    stay = _enter(run, Token(stage=becomes.stage.id), at=twin.entered_at if twin else at)
    kept = [(item, before.get(item.text)) for item in becomes.stage.checklist]
    Tick.objects.bulk_create(
        Tick(stay=stay, item=item.id, by_id=tick.by_id, at=tick.at)
        for item, tick in kept
        if tick is not None and item.id in becomes.ticked
    )
    return stay


def stage_of(stay: Stay) -> Stage:
    """The stage of a stay, in the version by which it went then."""
    stage = stay.version.plan.stage(stay.stage)
    if stage is None:
        raise rules.NoSuchStage
    return stage


def _ticked_words(run: Run) -> dict[Texts, Tick]:
    found = {}
    rows = Tick.objects.filter(stay__run=run, stay__left_at=None)
    for tick in rows.select_related("stay__version"):
        item = stage_of(tick.stay).item(tick.item)
        if item is not None:
            found[item.text] = tick
    return found


def _leave(run: Run, tokens: Iterable[Token], *, at: datetime) -> tuple[Stay, ...]:
    wanted = set(tokens)
    rows = [row for row in run.stays.filter(left_at=None).order_by("pk") if row.token in wanted]
    for row in rows:
        row.left_at = max(at, row.entered_at)
    Stay.objects.bulk_update(rows, ["left_at"])
    return tuple(rows)


def _enter(run: Run, token: Token, *, at: datetime) -> Stay:
    plan = run.version.plan
    stage = plan.stage(token.stage)
    if stage is None:
        raise rules.NoSuchStage
    deadline = None if token.waits else stage.deadline
    calendar = deadline.calendar if deadline else None
    hours = CalendarVersion.objects.filter(calendar=calendar).order_by("-pk") if calendar else None
    return Stay.objects.create(
        run=run,
        version=run.version,
        stage=stage.id,
        place=run.version.process_id * PLACES + stage.id,
        waits_from=token.waits_from,
        team_id=None if token.waits else stage.team,
        entered_at=at,
        promise=make_promises(1, at=at)[0] if deadline else None,
        calendar=hours.first() if hours is not None else None,
    )
