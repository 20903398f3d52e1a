"""
Likeness: texts as weighed terms, the angle between them, and the mean of a swarm, pure.

Weights are tf-idf over lexemes of both languages, of length one. Terms are numbers: hashes.
Source: G. Salton, C. Buckley, Information Processing & Management 24(5), 1988.
"""

import math
from collections.abc import Iterable, Mapping

Weights = Mapping[int, float]
# A swarm is known by its heaviest terms; the rest is noise.
MOST_TERMS, KEYS = 24, 6


def weigh(terms: Iterable[int], *, seen: Mapping[int, float], total: float) -> dict[int, float]:
    """Weigh the terms of a text by how rare each is among so many texts."""
    raw = {term: math.log1p((total + 1) / (seen.get(term, 0.0) + 0.5)) for term in set(terms)}
    return unit(raw)


def unit(weights: Weights) -> dict[int, float]:
    """Bring weights to length one; nothing stays nothing."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def alike(one: Weights, other: Weights) -> float:
    """The cosine between two texts, in [0, 1]."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return min(sum(weight * large.get(term, 0.0) for term, weight in small.items()), 1.0)


def mean_with(centre: Weights, weights: Weights, *, number: int) -> dict[int, float]:
    """The centre of a swarm of so many once one more has joined, cut to its heaviest terms."""
    every = set(centre) | set(weights)
    summed = {
        term: (centre.get(term, 0.0) * number + weights.get(term, 0.0)) / (number + 1)
        for term in every
    }
    heaviest = sorted(summed, key=lambda term: (-summed[term], term))[:MOST_TERMS]
    return unit({term: summed[term] for term in heaviest})


def keys_of(weights: Weights, *, number: int = KEYS) -> tuple[int, ...]:
    """The heaviest terms, the heaviest first."""
    return tuple(sorted(weights, key=lambda term: (-weights[term], term))[:number])
