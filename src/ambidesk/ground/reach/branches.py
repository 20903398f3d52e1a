"""
Branches: how an actor comes to see rows of a model; wiring joins what packages declare.

`visible_to` is the only way to rows that a person may see; without a branch nobody sees anything.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from ambidesk.ground.reach.actor import Actor

M = TypeVar("M", bound=Model)


class Sight(Enum):
    """What a branch may answer instead of a condition."""

    EVERYTHING = "everything"
    NOTHING = "nothing"


Branch = Callable[[Actor], Q | Sight]

_branches: dict[type[Model], list[Branch]] = {}


def declare(model: type[Model], *branches: Branch) -> None:
    """Add branches by which rows of the model are seen."""
    known = _branches.setdefault(model, [])
    known.extend(branch for branch in branches if branch not in known)


def declared() -> frozenset[type[Model]]:
    """The models that have a branch."""
    return frozenset(_branches)


def visible(rows: QuerySet[M], actor: Actor) -> QuerySet[M]:
    """
    Cut the rows to those that the actor may see.

    One branch is a plain condition; several are a UNION of ids, each branch on its own index,
    since PostgreSQL answers `a OR b` over two indexes hundreds of times slower.
    """
    answers = [branch(actor) for branch in _branches.get(rows.model, [])]
    if Sight.EVERYTHING in answers:
        return rows
    conditions = [answer for answer in answers if isinstance(answer, Q)]
    if not conditions:
        return rows.none()
    first, *others = conditions
    if not others:
        return rows.filter(first)
    ids = _ids(rows.model, first)
    return rows.filter(pk__in=ids.union(*(_ids(rows.model, each) for each in others)))


def _ids(model: type[M], condition: Q) -> QuerySet[M, Any]:
    return model._default_manager.filter(condition).values("pk")  # noqa: SLF001 Django's public name


class Visible(QuerySet[M]):
    """QuerySet of a model that people see."""

    def visible_to(self, actor: Actor) -> Self:
        """Only what the actor may see."""
        return visible(self, actor)  # type: ignore[return-value]  # the same QuerySet class comes back
