"""Processes for tests, published."""

from ambidesk.service.workflow.drawing import ProcessText, publish, write_process
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.rules.plan import Plan
from ambidesk.service.workflow.rules.writing import written
from ambidesk.support.stages.sensing import sense_of
from tests.cast import Cast


def published(cast: Cast, plan: Plan, name: str = "Repair") -> Process:
    """A process that was published by the administrator."""
    by = cast.actor(cast.admin)
    said = ProcessText(name_en=name, name_ru="", plan=written(plan))
    process = write_process(None, said, by=by, at=cast.at)
    publish(process, sense_of(by), by=by, at=cast.at)
    return process


def changed(cast: Cast, process: Process, plan: Plan) -> Process:
    """A further version of a process."""
    by = cast.actor(cast.admin)
    said = ProcessText(name_en=process.name_en, name_ru="", plan=written(plan))
    process = write_process(process, said, by=by, at=cast.at)
    publish(process, sense_of(by), by=by, at=cast.at)
    return process
