"""
Promising: which promise of a contract is a request's.

Its own line goes first, then its kind, then its priority, then the class of the asset; a promise
that names none of them is everybody's.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """One promise of a version: for whom, and the policy and calendar, by their ids."""

    key: int
    policy: int
    calendar: int | None = None
    line: int | None = None
    service: int | None = None
    priority: int | None = None
    asset_class: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request is, as far as promises differ; `classes` has the nearest class first."""

    line: int | None
    service: int | None
    priority: int
    classes: tuple[int, ...] = ()


def promise_for(among: Sequence[Promised], asked: Asked) -> Promised | None:
    """Choose the most specific promise that holds; of equals the one that was made first."""
    fits = [each for each in among if _holds(each, asked)]
    return max(fits, key=lambda each: (*_rank(each, asked), -each.key), default=None)


def _holds(each: Promised, asked: Asked) -> bool:
    return (
        each.line in {None, asked.line}
        and each.service in {None, asked.service}
        and each.priority in {None, asked.priority}
        and (each.asset_class is None or each.asset_class in asked.classes)
    )


def _rank(each: Promised, asked: Asked) -> tuple[bool, bool, bool, int]:
    nearness = (
        0
        if each.asset_class is None
        else len(asked.classes) - asked.classes.index(each.asset_class)
    )
    return (
        each.line is not None,
        each.service is not None,
        each.priority is not None,
        nearness,
    )
