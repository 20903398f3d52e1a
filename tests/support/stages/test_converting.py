"""A talk becomes a repair: what is shown beforehand is what is done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.service.sla.models import Clock
from ambidesk.service.workflow.models import Run
from ambidesk.service.workflow.models.run import standing_of
from ambidesk.service.workflow.rules.plan import Deadline, Item, StageKind
from ambidesk.service.workflow.rules.standing import NoSuchStage
from ambidesk.service.workflow.shipped import REPAIR, TALK
from ambidesk.support.stages.converting import convert_run, preview
from ambidesk.support.stages.moving import begin
from ambidesk.support.stages.ticking import tick
from ambidesk.support.tickets.models import State, Ticket
from tests.cast import Cast
from tests.support.stages.processes import published

HOUR = timedelta(hours=1)


def test_a_talk_becomes_a_repair_as_it_was_shown(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    talk, repair = published(cast, TALK, "Talk"), published(cast, REPAIR)
    ticket = cast.ticket()
    begin(ticket, talk, by=by, at=cast.at)
    seen = preview(Ticket.objects.get(pk=ticket.pk), repair, stage=2)
    assert [stage.id for stage in seen.targets] == [1, 2, 6]
    assert seen.becomes.continues is None
    run = convert_run(ticket, repair, stage=2, by=by, at=cast.at + HOUR)
    assert run.version == seen.version
    assert [each.stage for each in standing_of(run).tokens] == [seen.becomes.stage.id]
    assert Ticket.objects.get(pk=ticket.pk).state == State.OPEN
    assert entries_of("ticket", ticket.pk)[-1].kind in {"stages.converted", "tickets.state_changed"}


def test_a_stage_of_the_same_name_keeps_its_clock_and_its_ticks(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    line = Item(id=1, text=Texts(en="Cause found"))
    other = Item(id=5, text=Texts(en="Cause found"))
    hours = Deadline(work=HOUR * 4)
    first = replace(TALK.stages[0], checklist=(line,), deadline=hours)
    again = replace(TALK.stages[0], checklist=(other,), deadline=replace(hours, work=HOUR * 6))
    one = published(cast, replace(TALK, stages=(first, *TALK.stages[1:])), "One")
    two = published(cast, replace(TALK, stages=(again, *TALK.stages[1:])), "Two")
    ticket = cast.ticket()
    begin(ticket, one, by=by, at=cast.at)
    tick(ticket, stage=1, item=1, done=True, by=by, at=cast.at)
    run = convert_run(ticket, two, by=by, at=cast.at + HOUR)
    stay = run.stays.get(left_at=None)
    assert [(each.item, each.by_id) for each in stay.ticks.all()] == [(5, cast.olga.user_id)]
    assert Clock.objects.get(promise=stay.promise).due_at == cast.at + HOUR * 6
    left = run.stays.exclude(left_at=None).get()
    assert Clock.objects.get(promise=left.promise).met_at == cast.at + HOUR


def test_it_cannot_be_converted_into_a_branch_or_an_end(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    talk, repair = published(cast, TALK, "Talk"), published(cast, REPAIR)
    ticket = cast.ticket()
    begin(ticket, talk, by=by, at=cast.at)
    ends = [stage.id for stage in REPAIR.stages if stage.kind is StageKind.END]
    for stage in (3, 4, *ends):
        with pytest.raises(NoSuchStage):
            convert_run(ticket, repair, stage=stage, by=by, at=cast.at)
    assert Run.objects.get(ticket=ticket).version.process == talk
