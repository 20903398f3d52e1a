"""A script is gone through on a ticket: forth, back, stopped, by a second operator; to its end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.support.scripts import running
from ambidesk.support.scripts.models import Passage, Run, RunState, Script, Version
from ambidesk.support.scripts.resuming import walk_of
from ambidesk.support.scripts.rules.answers import NotAnOption, NotAnswered
from ambidesk.support.scripts.running import AnotherUnderWay, NotPublished, SomebodyWentOn
from ambidesk.support.scripts.writing import NothingNew, ScriptText, publish, write_script
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast, hired
from tests.support.scripts.flows import RETURN


@pytest.fixture
def script(cast: Cast) -> Script:
    """The shop asks what is to be returned."""
    by = cast.actor(cast.admin)
    script = write_script(None, ScriptText(name="Return", flow=RETURN), by=by, at=cast.at)
    publish(script, by=by, at=cast.at)
    return script


def passed(cast: Cast, run: Run, *answers: str, step: int, member: str = "olga") -> Run:
    """Go on from a step."""
    by = cast.actor(getattr(cast, member))
    return running.pass_step(run, step, given=answers, by=by, at=cast.at)


def test_it_is_gone_through_to_its_end_and_its_answers_stay(cast: Cast, script: Script) -> None:
    ticket = cast.ticket()
    run = running.begin_run(script, ticket, by=cast.actor(cast.olga), at=cast.at)
    run = passed(cast, run, "1", step=1)
    run = passed(cast, run, " A-17 ", step=2, member="ivan")
    run = passed(cast, run, step=3)
    assert run.state == RunState.FINISHED
    assert Ticket.objects.get(pk=ticket.pk).priority == 3
    kept = Passage.objects.filter(run=run).values_list("step", "answer", "by__name")
    assert list(kept) == [
        (1, [1], "Olga Orlova"),
        (2, "A-17", "Ivan Ilyin"),
        (3, None, "Olga Orlova"),
    ]
    kinds = [each.kind for each in entries_of("ticket", ticket.pk)]
    assert kinds.count("scripts.run_moved") == 3
    assert kinds[-1] == "scripts.run_finished"


def test_another_answer_goes_another_way(cast: Cast, script: Script) -> None:
    run = running.begin_run(script, cast.ticket(), by=cast.actor(cast.olga), at=cast.at)
    run = passed(cast, run, "2", step=1)
    assert run.at_step == 4


def test_back_undoes_what_a_step_did_and_remembers_what_was_answered(
    cast: Cast, script: Script
) -> None:
    ticket, by = cast.ticket(), cast.actor(cast.olga)
    flow = {
        "steps": [*RETURN["steps"][:2], {**RETURN["steps"][2], "then": 4}, *RETURN["steps"][3:]]
    }
    write_script(
        script, ScriptText(name="Return", flow=flow), by=cast.actor(cast.admin), at=cast.at
    )
    publish(script, by=cast.actor(cast.admin), at=cast.at)
    run = running.begin_run(script, ticket, by=by, at=cast.at)
    run = passed(cast, run, "1", step=1)
    run = passed(cast, run, "A-17", step=2)
    run = passed(cast, run, step=3)
    assert Ticket.objects.get(pk=ticket.pk).priority == 3
    run = running.go_back(run, by=by, at=cast.at)
    assert (run.at_step, Ticket.objects.get(pk=ticket.pk).priority) == (3, 2)
    run = running.go_back(run, by=by, at=cast.at)
    assert walk_of(run).remembered == "A-17"
    run = running.go_back(run, by=by, at=cast.at)
    run = passed(cast, run, "2", step=1)
    assert walk_of(run).remembered is None
    assert run.passages.count() == 1


def test_a_run_stays_on_the_version_that_it_began_on(cast: Cast, script: Script) -> None:
    by, admin = cast.actor(cast.olga), cast.actor(cast.admin)
    run = running.begin_run(script, cast.ticket(), by=by, at=cast.at)
    flow = {"steps": [{"id": 9, "kind": "end", "text": {"en": "Nothing to ask"}}]}
    write_script(script, ScriptText(name="Return", flow=flow), by=admin, at=cast.at)
    second = publish(script, by=admin, at=cast.at)
    run = passed(cast, run, "2", step=1)
    run = passed(cast, run, step=4)
    assert (run.state, run.version.number, second.number) == ("finished", 1, 2)
    new = running.begin_run(script, cast.ticket(), by=by, at=cast.at)
    assert new.state == RunState.FINISHED


def test_a_published_version_never_changes(cast: Cast, script: Script) -> None:
    version = Version.objects.get(script=script)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(flow={})
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Version.objects.filter(pk=version.pk)._raw_delete("default")
    with pytest.raises(NothingNew):
        publish(script, by=cast.actor(cast.admin), at=cast.at)


def test_what_is_no_answer_is_refused_and_nothing_moves(cast: Cast, script: Script) -> None:
    run = running.begin_run(script, cast.ticket(), by=cast.actor(cast.olga), at=cast.at)
    with pytest.raises(NotAnswered):
        passed(cast, run, step=1)
    with pytest.raises(NotAnOption):
        passed(cast, run, "7", step=1)
    assert Run.objects.get(pk=run.pk).at_step == 1


def test_two_tabs_do_not_pass_one_step_twice(cast: Cast, script: Script) -> None:
    run = running.begin_run(script, cast.ticket(), by=cast.actor(cast.olga), at=cast.at)
    passed(cast, run, "1", step=1)
    with pytest.raises(SomebodyWentOn):
        passed(cast, run, "1", step=1, member="ivan")


def test_one_script_at_a_time_and_a_stopped_one_can_be_taken_up(cast: Cast, script: Script) -> None:
    ticket, by = cast.ticket(), cast.actor(cast.olga)
    run = running.begin_run(script, ticket, by=by, at=cast.at)
    with pytest.raises(AnotherUnderWay):
        running.begin_run(script, ticket, by=by, at=cast.at)
    run = passed(cast, run, "1", step=1)
    running.stop_run(run, by=by, at=cast.at)
    later = cast.at + timedelta(hours=1)
    run = running.resume_run(run, by=cast.actor(cast.ivan), at=later)
    assert (run.state, run.at_step, run.moved_by_id) == ("running", 2, cast.ivan.user_id)


def test_only_published_scripts_are_begun_and_only_by_who_may(cast: Cast, script: Script) -> None:
    said = ScriptText(name="Draft", flow={"steps": []})
    draft = write_script(None, said, by=cast.actor(cast.admin), at=cast.at)
    with pytest.raises(NotPublished):
        running.begin_run(draft, cast.ticket(), by=cast.actor(cast.olga), at=cast.at)
    reader = hired("Rita Reader", "reader", cast.shop_team, at=cast.at)
    with pytest.raises(NotEntitled):
        running.begin_run(script, cast.ticket(), by=cast.actor(reader), at=cast.at)


def test_answers_of_an_erased_person_are_gone_while_runs_stay_countable(
    cast: Cast, script: Script
) -> None:
    ticket = cast.ticket()
    run = running.begin_run(script, ticket, by=cast.actor(cast.olga), at=cast.at)
    run = passed(cast, run, "1", step=1)
    passed(cast, run, "Flat 12, Lime Street", step=2)
    erase(ticket.requester, by=cast.actor(cast.admin), at=cast.at)
    assert set(Passage.objects.values_list("answer", flat=True)) == {None}
    assert Run.objects.filter(pk=run.pk).exists()
