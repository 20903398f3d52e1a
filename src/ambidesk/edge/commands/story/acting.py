"""Acting: what the single steps of a tale do on the stage, each by the desk's own verb."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ambidesk.edge.commands.story.letters import markup
from ambidesk.edge.commands.story.scenery import STAFF
from ambidesk.edge.commands.story.stage import Scene, Stage
from ambidesk.edge.commands.story.tale import Do, Step
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close, solve, wait
from ambidesk.support.tickets.describing import prioritise, tag
from ambidesk.support.tickets.linking import link
from ambidesk.support.tickets.models import LinkKind, Priority, State
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.opening import open_ticket
from ambidesk.support.tickets.regrouping import merge, split
from ambidesk.support.tickets.returning import Report, bounce
from ambidesk.support.tickets.snoozing import snooze

Doing = Callable[[Stage, Scene, Step], None]


def act(stage: Stage, scene: Scene, *, step: Step) -> None:
    """Do what the step says."""
    DOING[step.do](stage, scene, step)


def _call(stage: Stage, scene: Scene, step: Step) -> None:
    opening = replace(stage.opening(scene, step), channel=None)
    by = stage.by(step)
    scene.ticket = open_ticket(opening, by=by, at=step.at)
    note(scene.ticket, text=step.words, by=by, at=step.at)


def _answer(stage: Stage, scene: Scene, step: Step) -> None:
    said = Answer(
        text=step.words,
        html=step.html or markup(step.words, ""),
        to=(stage.person(scene, step),),
        files=tuple((stage.blob(name, scene=scene), name) for name in step.files),
        due_at=step.at,
        state=State.SOLVED if step.solves else None,
    )
    scene.said.append(answer(scene.opened, said, by=stage.by(step), at=step.at))


def _bounce(stage: Stage, scene: Scene, step: Step) -> None:
    address = stage.person(scene, step).value
    report = Report(
        message_id=scene.said[-1].external_id,
        recipient=address,
        status=step.names[0] if step.names else "5.2.2",
        diagnostic=step.words.replace("recipient", address),
    )
    bounce(report, by=stage.by(step), at=step.at)


def _take(stage: Stage, scene: Scene, step: Step) -> None:
    colleague = step.by or STAFF[0]
    assign(
        scene.opened,
        assignee=stage.members[colleague.login],
        team=stage.channels[scene.tale.brand].team,
        by=stage.by(step),
        at=step.at,
    )


def _tag(stage: Stage, scene: Scene, step: Step) -> None:
    wanted = [stage.tags[name] for name in step.names]
    tag(scene.opened, add=wanted, by=stage.by(step), at=step.at)


def _note(stage: Stage, scene: Scene, step: Step) -> None:
    note(scene.opened, text=step.words, by=stage.by(step), at=step.at)


def _urge(stage: Stage, scene: Scene, step: Step) -> None:
    prioritise(scene.opened, priority=Priority.URGENT, by=stage.by(step), at=step.at)


def _hold(stage: Stage, scene: Scene, step: Step) -> None:
    wait(scene.opened, State.ON_HOLD, by=stage.by(step), at=step.at)


def _await_others(stage: Stage, scene: Scene, step: Step) -> None:
    wait(scene.opened, State.WAITING_OTHER, by=stage.by(step), at=step.at)


def _snooze(stage: Stage, scene: Scene, step: Step) -> None:
    snooze(scene.opened, until=step.at + step.lasting, by=stage.by(step), at=step.at)


def _solve(stage: Stage, scene: Scene, step: Step) -> None:
    solve(scene.opened, by=stage.by(step), at=step.at)


def _close(stage: Stage, scene: Scene, step: Step) -> None:
    close(scene.opened, by=stage.by(step), at=step.at)


def _merge(stage: Stage, scene: Scene, step: Step) -> None:
    merge(scene.opened, stage.ticket_of(step.other), by=stage.by(step), at=step.at)


def _split(stage: Stage, scene: Scene, step: Step) -> None:
    split(scene.opened, messages=scene.said[-1:], subject=step.words, by=stage.by(step), at=step.at)


def _part_of(stage: Stage, scene: Scene, step: Step) -> None:
    whole = stage.ticket_of(step.other)
    link(scene.opened, whole, kind=LinkKind.PARENT, by=stage.by(step), at=step.at)


def _relate(stage: Stage, scene: Scene, step: Step) -> None:
    other = stage.ticket_of(step.other)
    link(scene.opened, other, kind=LinkKind.RELATED, by=stage.by(step), at=step.at)


DOING: Mapping[Do, Doing] = {
    Do.CALL: _call,
    Do.ANSWER: _answer,
    Do.BOUNCE: _bounce,
    Do.TAKE: _take,
    Do.TAG: _tag,
    Do.NOTE: _note,
    Do.URGE: _urge,
    Do.HOLD: _hold,
    Do.AWAIT_OTHERS: _await_others,
    Do.SNOOZE: _snooze,
    Do.SOLVE: _solve,
    Do.CLOSE: _close,
    Do.MERGE: _merge,
    Do.SPLIT: _split,
    Do.PART_OF: _part_of,
    Do.RELATE: _relate,
}
