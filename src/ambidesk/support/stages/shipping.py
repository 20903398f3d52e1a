"""Shipping: the ready-made processes taken up, published as they are; to be changed at will."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.drawing import ProcessText, publish, write_process
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.rules.writing import written
from ambidesk.service.workflow.shipped import SHIPPED
from ambidesk.support.stages.sensing import sense_of


@transaction.atomic
def take_up(keys: Iterable[str], *, by: Actor, at: datetime) -> list[Process]:
    """Make and publish ready-made processes; one of which there is a namesake is left out."""
    wanted, made = set(keys), []
    for each in SHIPPED:
        if each.key not in wanted or is_there(each.key):
            continue
        said = ProcessText(name_en=each.names.en, name_ru=each.names.ru, plan=written(each.plan))
        process = write_process(None, said, by=by, at=at)
        publish(process, sense_of(by), by=by, at=at)
        made.append(process)
    return made


def is_there(key: str) -> bool:
    """Say whether a process has the name of a ready-made one."""
    names = next(each.names for each in SHIPPED if each.key == key)
    return Process.objects.filter(name_en=names.en).exists()
