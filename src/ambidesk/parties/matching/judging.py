"""Judging: all pairs of many records that are proved or worth a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from ambidesk.parties.matching.blocking import candidates
from ambidesk.parties.matching.commonness import Commonness, count
from ambidesk.parties.matching.comparing import Agreement, compare
from ambidesk.parties.matching.deciding import Tier, decide, is_name_only
from ambidesk.parties.matching.record import Record
from ambidesk.parties.matching.sharing import shared_values, without
from ambidesk.parties.matching.weighing import weigh

RARE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Two records and what was found of them; `left` sorts before `right`."""

    left: str
    right: str
    tier: Tier
    score: float
    agreement: Agreement


def judge(one: Record, two: Record, *, commonness: Commonness) -> Judgement:
    """Judge two records."""
    agreement = compare(one, two)
    weight = weigh(agreement, of=(one, two), commonness=commonness)
    left, right = sorted((one.key, two.key))
    return Judgement(
        left=left,
        right=right,
        tier=decide(agreement, weight),
        score=weight.score,
        agreement=agreement,
    )


def judge_all(records: Sequence[Record]) -> list[Judgement]:
    """
    Judge what may be one among many; pairs that are nothing are left out.

    Each pair stands for itself: two that are like a third are not joined by that.
    """
    shared = shared_values(records)
    own = [without(record, shared) for record in records]
    commonness = count(own)
    judged = (
        judge(own[first], own[second], commonness=commonness)
        for first, second in sorted(candidates(own))
    )
    # Among so many a name alone must be rare to say something.
    rare = log2(max(len(own), 1)) + RARE
    return [
        each
        for each in judged
        if each.tier is not Tier.NOTHING
        and (each.score >= rare or not is_name_only(each.agreement))
    ]
