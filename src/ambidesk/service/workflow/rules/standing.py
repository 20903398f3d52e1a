"""
Standing: where a run is, as tokens on stages; forth by transitions.

A fork makes of one token several, a join waits for one of each branch. Folding the same moves
again gives the same standing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.workflow.rules.graph import branches_of
from ambidesk.service.workflow.rules.plan import Plan, StageKind, Transition


class NotFromHere(Refusal):
    """No token stands where this transition begins."""

    sentence = _("This step cannot be taken from where it stands now.")


class NoSuchStage(Refusal):
    """It is none of this version's."""

    sentence = _("This version of the process has no such stage.")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Token:
    """Something stands at a stage; at a join it may wait, having come from a stage."""

    stage: int
    waits_from: int | None = None

    @property
    def waits(self) -> bool:
        """It waits for the other branches."""
        return self.waits_from is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All tokens, in the order in which they came."""

    tokens: tuple[Token, ...]

    def at(self, stage: int) -> Token | None:
        """Find the token that can go on from a stage."""
        return next((each for each in self.tokens if each == Token(stage=stage)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one move does: the tokens that go, and those that come."""

    left: tuple[Token, ...]
    entered: tuple[Token, ...]
    after: Standing


def begin(plan: Plan, stage: int | None = None) -> Standing:
    """
    Stand at the first stage, or at another one to which something was converted.

    Raises:
        NoSuchStage: the plan has none.
    """
    key = stage if stage is not None else next((each.id for each in plan.stages), 0)
    if plan.stage(key) is None:
        raise NoSuchStage
    return Standing(tokens=(Token(stage=key),))


def is_over(plan: Plan, standing: Standing) -> bool:
    """Tell whether it stands at an end."""
    stages = (plan.stage(each.stage) for each in standing.tokens)
    return any(stage is not None and stage.kind is StageKind.END for stage in stages)


def offered(plan: Plan, standing: Standing) -> Iterator[Transition]:
    """The transitions that begin where a token stands, whatever they ask for."""
    for token in standing.tokens:
        if not token.waits:
            yield from plan.exits(token.stage)


def move(plan: Plan, standing: Standing, *, by_way: int) -> Step:
    """
    Take a transition.

    Raises:
        NotFromHere: nothing stands where it begins.
    """
    way = plan.transition(by_way)
    token = standing.at(way.source) if way else None
    if way is None or token is None:
        raise NotFromHere
    others = tuple(each for each in standing.tokens if each != token)
    if way.forks:
        came = tuple(Token(stage=key) for key in way.to)
        return Step(left=(token,), entered=came, after=Standing(tokens=(*others, *came)))
    return _arrive(plan, others, token=token, at=way.to[0])


def fold(plan: Plan, moves: Iterable[int], *, start: int | None = None) -> Standing:
    """
    Fold transitions, the first one first, into where a run stands.

    Raises:
        NotFromHere, NoSuchStage: these were never moves of this plan.
    """
    standing = begin(plan, start)
    for each in moves:
        standing = move(plan, standing, by_way=each).after
    return standing


def _arrive(plan: Plan, others: tuple[Token, ...], *, token: Token, at: int) -> Step:
    fork = plan.fork_of(at)
    if fork is None or not any(token.stage in branch for branch in branches_of(plan, fork)):
        came = Token(stage=at)
        return Step(left=(token,), entered=(came,), after=Standing(tokens=(*others, came)))
    came = Token(stage=at, waits_from=token.stage)
    there = tuple(each for each in others if each.stage == at and each.waits)
    if len(there) + 1 < len(fork.to):
        return Step(left=(token,), entered=(came,), after=Standing(tokens=(*others, came)))
    rest = tuple(each for each in others if each not in there)
    whole = Token(stage=at)
    return Step(left=(token, *there), entered=(whole,), after=Standing(tokens=(*rest, whole)))
