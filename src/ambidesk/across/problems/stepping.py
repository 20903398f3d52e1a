"""The next step of a problem: once more, or done with; whichever door asks for it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.looping import PROBLEM as LOOPING
from ambidesk.across.automation.models import Rule
from ambidesk.across.automation.rights import RuleRight
from ambidesk.across.automation.writing import switch_rule
from ambidesk.across.insight.giving_up import MAILS
from ambidesk.ground.kernel import jobs, problems, subscribers
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.refusal import NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.writing import LETTERS
from ambidesk.support.conversations import quarantine
from ambidesk.support.conversations.models import IntakeItem, IntakeState

Step = Callable[[Problem, Actor, datetime], object]
# Why automatic mail is held back: the word that the intake of mail leaves on such items.
LOOP = "loop-budget"


class NothingToTry(Refusal):
    """There is no step of this kind, or what it was about is gone."""

    sentence = _("There is nothing to be tried again here.")
    status = 404


def try_again(problem: Problem, *, by: Actor, at: datetime) -> None:
    """
    Have it tried once more; of rules that go round in a circle, switch the last one off.

    Raises:
        NothingToTry: it has no such step.
        NotEntitled: the step needs a right of its own.
        EntryTaken, StillFails and what the verb of the step refuses.
    """
    if problem.kind not in AGAIN:
        raise NothingToTry
    AGAIN[problem.kind](problem, by, at)


def settle(problem: Problem, *, by: Actor, at: datetime) -> None:
    """
    Say that nothing more is to be done; what was held back is thrown away.

    Raises:
        NothingToTry: the message is gone.
        ProblemOver: it is over already.
    """
    END.get(problem.kind, _settle)(problem, by, at)


def can_try_again(problem: Problem) -> bool:
    """Whether it has such a step."""
    return problem.kind in AGAIN


def item_of(problem: Problem) -> IntakeItem | None:
    """The message that could not be read, where a problem is about one."""
    if problem.subject_kind != quarantine.SUBJECT:
        return None
    return IntakeItem.objects.filter(pk=problem.subject_id).first()


def _there(problem: Problem) -> IntakeItem:
    item = item_of(problem)
    if item is None:
        raise NothingToTry
    return item


def _settle(problem: Problem, by: Actor, at: datetime) -> None:
    problems.settle(problem.pk, by=by, at=at)


def _replay(problem: Problem, by: Actor, at: datetime) -> None:
    quarantine.replay(_there(problem), by=by, at=at)


def _discard(problem: Problem, by: Actor, at: datetime) -> None:
    quarantine.discard(_there(problem), by=by, at=at)


@transaction.atomic
def _let_in(problem: Problem, by: Actor, at: datetime) -> None:
    for item in _held_back(problem):
        quarantine.replay(item, by=by, at=at)
    _settle(problem, by, at)


@transaction.atomic
def _throw_away(problem: Problem, by: Actor, at: datetime) -> None:
    for item in _held_back(problem):
        quarantine.discard(item, by=by, at=at)
    _settle(problem, by, at)


def _held_back(problem: Problem) -> list[IntakeItem]:
    held = IntakeItem.objects.filter(channel=problem.subject_id, state=IntakeState.QUARANTINED)
    return list(held.filter(reason=LOOP).defer("raw").order_by("pk"))


@transaction.atomic
def _switch_off(problem: Problem, by: Actor, at: datetime) -> None:
    if not by.may(RuleRight.MANAGE):
        raise NotEntitled
    for rule in Rule.objects.filter(pk=problem.subject_id):
        switch_rule(rule, on=False, by=by, at=at)
    _settle(problem, by, at)


AGAIN: dict[str, Step] = {
    LOOPING: _switch_off,
    "intake-quarantined": _replay,
    "mail-loop": _let_in,
    LETTERS.problem: lambda problem, _by, at: LETTERS.try_again(problem.subject_id, at=at),
    MAILS.problem: lambda problem, _by, at: MAILS.try_again(problem.subject_id, at=at),
    "job-failed": lambda problem, _by, at: jobs.again(problem.subject_id, at=at),
    "subscriber-failed": lambda problem, _by, at: subscribers.retake(problem.subject_id, at=at),
}
END: dict[str, Step] = {
    "intake-quarantined": _discard,
    "mail-loop": _throw_away,
    LETTERS.problem: lambda problem, by, at: LETTERS.forget(problem, by=by, at=at),
    MAILS.problem: lambda problem, by, at: MAILS.forget(problem, by=by, at=at),
}
