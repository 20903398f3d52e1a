"""
Walking: where somebody is in a flow, and which steps they passed; forth by answers, back by one.

What was gone back over is remembered: the same answers lead to the same place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.scripts.rules.answers import Answer
from ambidesk.support.scripts.rules.flow import Flow, Step

Answers = Mapping[int, Answer]
# Says which of a step's ways is gone, by what was answered; None is none of them.
Chooser = Callable[[Step, Answers], int | None]


class AtTheEnd(Refusal):
    """There is no further step."""

    sentence = _("The script is at its end.")


class AtTheStart(Refusal):
    """There is no step before."""

    sentence = _("This is the first step.")


class LeadsNowhere(Refusal):
    """The flow has no step here; only a draft can be so."""

    sentence = _("The script does not go on from here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A step that was passed, with what was answered."""

    step: int
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A walk: `passed` led to the step `at`; `ahead` was passed before and gone back over."""

    flow: Flow
    at: int
    passed: tuple[Passed, ...] = ()
    ahead: tuple[Passed, ...] = ()

    @property
    def step(self) -> Step:
        """The step that it stands at."""
        found = self.flow.step(self.at)
        if found is None:
            raise LeadsNowhere
        return found

    @property
    def is_over(self) -> bool:
        """It stands at an end."""
        return self.step.is_end

    @property
    def answers(self) -> Answers:
        """What was answered so far, by step."""
        return {each.step: each.answer for each in self.passed if each.answer is not None}

    @property
    def remembered(self) -> Answer | None:
        """What was answered here before it was gone back."""
        return self.ahead[0].answer if self.ahead else None


def begin(flow: Flow) -> Walk:
    """
    Stand at the first step.

    Raises:
        LeadsNowhere: there is none.
    """
    if not flow.steps:
        raise LeadsNowhere
    return Walk(flow=flow, at=flow.steps[0].id)


def forward(walk: Walk, answer: Answer | None, *, choose: Chooser) -> Walk:
    """
    Pass the step.

    Raises:
        AtTheEnd: there is no further one.
        LeadsNowhere: nothing comes after it.
    """
    step = walk.step
    if step.is_end:
        raise AtTheEnd
    here = Passed(step=step.id, answer=answer)
    passed = (*walk.passed, here)
    after = replace(walk, passed=passed, ahead=())
    chosen = choose(step, after.answers)
    to = walk.flow.then(step) if chosen is None else chosen
    if to is None or walk.flow.step(to) is None:
        raise LeadsNowhere
    ahead = walk.ahead[1:] if walk.ahead[:1] == (here,) else ()
    if ahead and ahead[0].step != to:
        ahead = ()
    return replace(after, at=to, ahead=ahead)


def back(walk: Walk) -> Walk:
    """
    Go back to the step before.

    Raises:
        AtTheStart: there is none.
    """
    if not walk.passed:
        raise AtTheStart
    *passed, last = walk.passed
    return replace(walk, at=last.step, passed=tuple(passed), ahead=(last, *walk.ahead))
