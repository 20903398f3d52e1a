"""Writing: plans as JSON; reading it gives the same plan."""

from typing import Any

from ambidesk.ground.calendars.durations import written_duration
from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.workflow.rules.plan import Deadline, Item, Plan, Stage, Transition


def written(plan: Plan) -> dict[str, Any]:
    """Write a plan."""
    return {
        "stages": [_stage(each) for each in plan.stages],
        "transitions": [_transition(each) for each in plan.transitions],
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "id": stage.id,
        "name": _texts(stage.name),
        "state": stage.state,
        "kind": stage.kind.value,
        "team": stage.team,
        "contractor": stage.contractor,
        "deadline": None if stage.deadline is None else _deadline(stage.deadline),
        "checklist": [_item(each) for each in stage.checklist],
        "fields": list(stage.fields),
        "on_entry": [dict(each) for each in stage.on_entry],
        "on_exit": [dict(each) for each in stage.on_exit],
        "x": stage.x,
        "y": stage.y,
    }


def _transition(way: Transition) -> dict[str, Any]:
    return {
        "id": way.id,
        "source": way.source,
        "to": list(way.to),
        "label": _texts(way.label),
        "join": way.join,
        "guard": None if way.guard is None else dict(way.guard),
        "approval": way.approval,
        "early": way.early,
        "reasoned": way.reasoned,
        "rework": way.rework,
    }


def _item(item: Item) -> dict[str, Any]:
    return {"id": item.id, "text": _texts(item.text), "required": item.required}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "work": written_duration(deadline.work),
        "calendar": deadline.calendar,
        "warnings": [written_duration(each) for each in deadline.warnings],
        "waits": deadline.waits,
    }


def _texts(texts: Texts) -> dict[str, str]:
    return {"ru": texts.ru, "en": texts.en}
