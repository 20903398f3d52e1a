"""Processes of the demo: the ready-made ones, and tickets of the lift service at their stages."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ambidesk.edge.commands.story.scenery import LIFTS
from ambidesk.edge.commands.story.stage import TELLER, Scene
from ambidesk.service.workflow.models import Process, Run
from ambidesk.service.workflow.shipped import SHIPPED
from ambidesk.support.stages.moving import begin, go
from ambidesk.support.stages.shipping import take_up
from ambidesk.support.stages.ticking import tick
from ambidesk.support.tickets.models import Ticket

HOUR = timedelta(hours=1)
# How far the tickets of each portion have come: transitions of the repair, each an hour later.
WAYS: tuple[tuple[int, ...], ...] = ((1, 2, 5), (1, 2, 4, 5, 6, 7), (1,), ())
WHY = "После ремонта снова шумит: вернули мастеру."


def draw_processes(*, at: datetime) -> None:
    """Publish the ready-made processes."""
    take_up([each.key for each in SHIPPED], by=TELLER, at=at)


def go_by_stages(scenes: Iterable[Scene], *, until: datetime) -> None:
    """Have some tickets of the lift service go by the repair."""
    repair = Process.objects.filter(name_en="Repair with estimate").first()
    if repair is None or Run.objects.count() >= 2 * len(WAYS):
        return
    numbers = {scene.ticket.pk for scene in scenes if scene.ticket}
    rows = Ticket.objects.active().filter(pk__in=numbers, brand__slug=LIFTS, run=None)
    rows = rows.filter(suspended=False).order_by("pk")
    for ticket, ways in zip(rows, WAYS, strict=False):
        _walk(ticket, repair, ways, until=until)


def _walk(ticket: Ticket, repair: Process, ways: tuple[int, ...], *, until: datetime) -> None:
    at = max(ticket.opened_at, until - HOUR * (len(ways) + 1))
    run = begin(ticket, repair, by=TELLER, at=at)
    for way in ways:
        at = min(at + HOUR, until)
        step = run.version.plan.transition(way)
        stage = run.version.plan.stage(step.source) if step else None
        for item in stage.checklist if stage and step and not step.early else ():
            tick(ticket, stage=stage.id if stage else 0, item=item.id, done=True, by=TELLER, at=at)
        go(ticket, way, reason=WHY if step and step.reasoned else "", by=TELLER, at=at)
