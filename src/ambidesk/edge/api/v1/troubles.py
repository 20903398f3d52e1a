"""Problems: what could not be handled; tried again, or said to be done with."""

from typing import Any

from pydantic import Field

from ambidesk.across.problems import stepping
from ambidesk.across.problems.seeing import latest, open_problems
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import one
from ambidesk.edge.api.schemas import Instant, Key, Output
from ambidesk.ground.kernel.models import Problem
from ambidesk.support.conversations.rights import ChannelRight

NOUN = "Problems"
SEE = ChannelRight.SEE_PROBLEMS
ONE = "problems/{int:problem}"


class SubjectOut(Output):
    """What it is about."""

    kind: str
    id: int


class ProblemOut(Output):
    """One trouble with one thing; `kind` is a lasting name, `facts` are those of the kind."""

    id: int
    kind: str
    subject: SubjectOut
    facts: dict[str, Any]
    times: int = Field(description="How often it was met")
    first_at: Instant
    last_at: Instant
    can_try_again: bool


class Problems(Output):
    """The latest hundred that stand; a key of some brands sees what is of these brands."""

    items: list[ProblemOut]


@operation("GET", "problems", right=SEE, name="listProblems", gives=Problems)
def show_all(request: Call) -> dict[str, Any]:
    """List what could not be handled and still stands, the latest first"""
    return {"items": [_problem(each) for each in latest(request.actor)]}


@operation("POST", f"{ONE}/trial", right=SEE, name="tryProblemAgain", gives=Problems)
def again(request: Call, problem: Key) -> dict[str, Any]:
    """
    Have it tried once more

    A message in quarantine is read again, a job runs again, an event is taken again; of rules that
    go round in a circle the last one is switched off, which needs a scope that changes rules.
    """
    stepping.try_again(_one(request, problem), by=request.actor, at=request.at)
    return show_all(request)


@operation("DELETE", ONE, right=SEE, name="settleProblem", gives=Problems)
def settle(request: Call, problem: Key) -> dict[str, Any]:
    """Say that nothing more is to be done; a message in quarantine is thrown away"""
    stepping.settle(_one(request, problem), by=request.actor, at=request.at)
    return show_all(request)


def _one(request: Call, pk: int) -> Problem:
    return one(open_problems(request.actor), pk)


def _problem(row: Problem) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "subject": {"kind": row.subject_kind, "id": row.subject_id},
        "facts": row.facts,
        "times": row.times,
        "first_at": row.first_at,
        "last_at": row.last_at,
        "can_try_again": stepping.can_try_again(row),
    }
