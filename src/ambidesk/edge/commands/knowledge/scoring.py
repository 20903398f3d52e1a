"""
Scores of a search: nDCG, recall and the reciprocal rank of the first right answer.

Source: Järvelin, Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002); gains are
the grades themselves, as trec_eval has them.
"""

from collections.abc import Mapping, Sequence
from math import log2

TOP = 10


def ndcg(ranked: Sequence[str], grades: Mapping[str, float]) -> float:
    """Weigh the first ten answers by their grades and places, in [0, 1]."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(each, 0.0) for each in ranked]) / best if best else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, float]) -> float:
    """Give the share of right answers that are among the first ten, in [0, 1]."""
    right = {each for each, grade in grades.items() if grade > 0}
    return len(right.intersection(ranked[:TOP])) / len(right) if right else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, float]) -> float:
    """Give one over the place of the first right answer; 0 where there is none."""
    places = (place for place, each in enumerate(ranked, start=1) if grades.get(each, 0) > 0)
    return 1 / next(places, float("inf"))


def _gain(grades: Sequence[float]) -> float:
    return sum(grade / log2(place + 2) for place, grade in enumerate(grades[:TOP]))
