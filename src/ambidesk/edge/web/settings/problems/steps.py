"""The next step of a problem: once more, done with, its original; and the end of a hold."""

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ambidesk.across.automation.looping import PROBLEM as LOOPING
from ambidesk.across.automation.models import Rule
from ambidesk.across.automation.rights import RuleRight
from ambidesk.across.automation.writing import switch_rule
from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.problems.seeing import open_problems
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel import holding, jobs, problems, subscribers
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.parties.authority import writing
from ambidesk.support.conversations import quarantine
from ambidesk.support.conversations.models import IntakeItem, IntakeState
from ambidesk.support.conversations.raw import raw_of

Step = Callable[[Request, Problem], object]
# Why automatic mail is held back: the word that the intake of mail leaves on such items.
LOOP = "loop-budget"


def again(request: Request, pk: int) -> HttpResponse:
    """Have it tried once more."""
    problem = _seen(request, pk)
    _step(AGAIN, problem)(request, problem)
    words = _("The rule is off.") if problem.kind == LOOPING else _("It is tried again.")
    return pages.done(request, words, section="problems")


def end(request: Request, pk: int) -> HttpResponse:
    """Say that nothing more is to be done."""
    problem = _seen(request, pk)
    END.get(problem.kind, _settle)(request, problem)
    return pages.done(request, _("Done with."), section="problems")


def original(request: Request, pk: int) -> HttpResponse:
    """Give the message as it came, as a file that nothing opens by itself."""
    problem = _seen(request, pk)
    item = _item(problem)
    if item is None:
        raise Http404
    answer = HttpResponse(raw_of(item), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="message-{item.pk}.eml"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def release(request: Request) -> HttpResponse:
    """Let the desk send again after a restore."""
    holding.release(by=request.actor, at=request.at)
    return pages.done(request, _("What waits is sent now."), section="problems")


def _seen(request: Request, pk: int) -> Problem:
    rows, _subjects = open_problems(request.actor)
    for row in rows:
        if row.pk == pk:
            return row
    raise Http404


def _step(steps: dict[str, Step], problem: Problem) -> Step:
    if problem.kind not in steps:
        raise Http404
    return steps[problem.kind]


def _item(problem: Problem) -> IntakeItem | None:
    if problem.subject_kind != quarantine.SUBJECT:
        return None
    return IntakeItem.objects.filter(pk=problem.subject_id).first()


def _settle(request: Request, problem: Problem) -> None:
    problems.settle(problem.pk, by=request.actor, at=request.at)


def _replay(request: Request, problem: Problem) -> None:
    item = _item(problem)
    if item is None:
        raise Http404
    quarantine.replay(item, by=request.actor, at=request.at)


def _discard(request: Request, problem: Problem) -> None:
    item = _item(problem)
    if item is None:
        raise Http404
    quarantine.discard(item, by=request.actor, at=request.at)


@transaction.atomic
def _let_in(request: Request, problem: Problem) -> None:
    for item in _held_back(problem):
        quarantine.replay(item, by=request.actor, at=request.at)
    _settle(request, problem)


@transaction.atomic
def _throw_away(request: Request, problem: Problem) -> None:
    for item in _held_back(problem):
        quarantine.discard(item, by=request.actor, at=request.at)
    _settle(request, problem)


def _held_back(problem: Problem) -> list[IntakeItem]:
    held = IntakeItem.objects.filter(channel=problem.subject_id, state=IntakeState.QUARANTINED)
    return list(held.filter(reason=LOOP).defer("raw").order_by("pk"))


@transaction.atomic
def _switch_off(request: Request, problem: Problem) -> None:
    if not request.actor.may(RuleRight.MANAGE):
        raise NotEntitled
    for rule in Rule.objects.filter(pk=problem.subject_id):
        switch_rule(rule, on=False, by=request.actor, at=request.at)
    _settle(request, problem)


AGAIN: dict[str, Step] = {
    LOOPING: _switch_off,
    "intake-quarantined": _replay,
    "mail-loop": _let_in,
    writing.PROBLEM: lambda request, problem: writing.try_again(problem.subject_id, at=request.at),
    "job-failed": lambda request, problem: jobs.again(problem.subject_id, at=request.at),
    "subscriber-failed": lambda request, problem: subscribers.retake(
        problem.subject_id, at=request.at
    ),
}
END: dict[str, Step] = {
    "intake-quarantined": _discard,
    "mail-loop": _throw_away,
    writing.PROBLEM: lambda request, problem: writing.forget(
        problem, by=request.actor, at=request.at
    ),
}
