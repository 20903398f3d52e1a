"""
Checking: what keeps a flow from being published.

Where nothing is wrong every walk ends: from each step one can go on, nowhere in a circle.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.support.scripts.rules.flow import CHOSEN, Flow, Step, StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong, and at which step; no step where it is the whole."""

    words: str | Promise
    step: int | None = None


def flaws_of(flow: Flow) -> tuple[Flaw, ...]:
    """List what is wrong, in the order of the steps."""
    if not flow.steps:
        return (Flaw(words=_("Add a first step.")),)
    reached, circling = reached_in(flow), circling_in(flow)
    found: list[Flaw] = []
    for step in flow.steps:
        found += (Flaw(words=words, step=step.id) for words in _own_flaws(step))
        if step.id not in reached:
            found.append(Flaw(words=_("Nothing leads here."), step=step.id))
        if step.id in circling:
            words = _("From here the script can come back here, and need never end.")
            found.append(Flaw(words=words, step=step.id))
        found += (Flaw(words=words, step=step.id) for words in _exit_flaws(flow, step))
    return tuple(found)


def reached_in(flow: Flow) -> frozenset[int]:
    """The steps to which some walk may come."""
    return _reached(flow, [flow.steps[0].id]) if flow.steps else frozenset()


def circling_in(flow: Flow) -> frozenset[int]:
    """The steps from which there is a way back to themselves."""
    return frozenset(
        step.id for step in flow.steps if step.id in _reached(flow, list(flow.exits(step)))
    )


def _reached(flow: Flow, waiting: list[int]) -> frozenset[int]:
    found: set[int] = set()
    while waiting:
        key = waiting.pop()
        step = flow.step(key)
        if step is not None and key not in found:
            found.add(key)
            waiting += flow.exits(step)
    return frozenset(found)


def _exit_flaws(flow: Flow, step: Step) -> Iterator[str | Promise]:
    if step.is_end:
        return
    if flow.then(step) is None:
        yield _("It does not go on from here. Add an end, or say where it goes.")
    if any(flow.step(key) is None for key in flow.exits(step)):
        yield _("It goes on to a step that is gone.")


def _own_flaws(step: Step) -> Iterator[str | Promise]:
    yield from OWN[step.kind](step)


def _without_words(words: str | Promise) -> Callable[[Step], Iterator[str | Promise]]:
    def flaws(step: Step) -> Iterator[str | Promise]:
        if step.text.is_empty:
            yield words

    return flaws


def _asking(step: Step) -> Iterator[str | Promise]:
    yield from _without_words(_("Write the question."))(step)
    if step.answer not in CHOSEN:
        return
    if len(step.options) < 2:
        yield _("Give at least two answers to choose from.")
    if any(each.label.is_empty for each in step.options):
        yield _("One of the answers has no words.")
    if len({each.id for each in step.options}) < len(step.options):
        yield _("Two of the answers are one.")


def _doing(step: Step) -> Iterator[str | Promise]:
    if not step.actions:
        yield _("Say what is done.")


OWN: dict[StepKind, Callable[[Step], Iterator[str | Promise]]] = {
    StepKind.SAY: _without_words(_("Write what is said.")),
    StepKind.ASK: _asking,
    StepKind.DO: _doing,
    StepKind.END: _without_words(_("Say how it ended.")),
}
