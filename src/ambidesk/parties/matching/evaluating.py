"""Evaluating: found pairs against labelled truth."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ambidesk.parties.matching.deciding import Tier
from ambidesk.parties.matching.judging import Judgement

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Shares between 0 and 1; nothing found is precise, nothing to find is found."""

    precision: float
    recall: float
    f1: float


def measure(judgements: Iterable[Judgement], truth: Collection[Pair]) -> dict[str, Quality]:
    """Measure the automatic tier, and what is found with the proposals counted."""
    found: dict[Tier, set[Pair]] = {tier: set() for tier in Tier}
    for each in judgements:
        found[each.tier].add((each.left, each.right))
    real = {_sorted(pair) for pair in truth}
    automatic = found[Tier.AUTOMATIC]
    return {
        "automatic": _quality(automatic, real),
        "proposed": _quality(automatic | found[Tier.PROPOSED], real),
    }


def _sorted(pair: Pair) -> Pair:
    return (min(pair), max(pair))


def _quality(found: set[Pair], real: set[Pair]) -> Quality:
    right = len(found & real)
    precision = right / len(found) if found else 1.0
    recall = right / len(real) if real else 1.0
    total = precision + recall
    return Quality(
        precision=precision, recall=recall, f1=2 * precision * recall / total if total else 0.0
    )
