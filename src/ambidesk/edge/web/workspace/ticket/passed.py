"""What the timeline says of processes; names come from the version that held then."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.service.workflow.models.process import plan_of

Data = Mapping[str, Any]


def _stage(data: Data, key: int) -> str:
    stage = plan_of(data["version_id"]).stage(key)
    return stage.name.said(get_language() or "en") if stage else "?"


def _begun(data: Data, _names: object) -> str:
    return _("began its process: “%(stage)s”") % {"stage": _stage(data, data["stage"])}


def _passed(data: Data, _names: object) -> str:
    way = plan_of(data["version_id"]).transition(data["transition"])
    label = way.label.said(get_language() or "en") if way else "?"
    stages = ", ".join(_stage(data, key) for key in data["entered"])
    if data["rework"]:
        return _("returned it for rework: “%(stage)s”") % {"stage": stages}
    return _("%(label)s: now “%(stage)s”") % {"label": label, "stage": stages}


def _ticked(data: Data, _names: object) -> str:
    stage = plan_of(data["version_id"]).stage(data["stage"])
    item = stage.item(data["item"]) if stage else None
    line = item.text.said(get_language() or "en") if item else "?"
    words = _("ticked “%(line)s”") if data["done"] else _("took the tick off “%(line)s”")
    return words % {"line": line}


def _converted(data: Data, _names: object) -> str:
    stage = _stage(data, data["stage"])
    return _("took it over to another process: “%(stage)s”") % {"stage": stage}


def _planned(data: Data, _names: object) -> str:
    stages = ", ".join(f"“{_stage(data, key)}”" for key in data["stages"])
    return _("planned days and budget of %(stages)s") % {"stages": stages}


STAGED: dict[str, Callable[[Data, Any], str]] = {
    "stages.begun": _begun,
    "stages.passed": _passed,
    "stages.ticked": _ticked,
    "stages.converted": _converted,
    "stages.planned": _planned,
}
