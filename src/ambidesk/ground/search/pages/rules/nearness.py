"""Nearness: how much of a question stands together in a page, from the places of its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Words further from each other than this do not stand together.
WIDTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """`window`: most worth of words within a stretch; `pairs`: worth of neighbours by distance."""

    window: float
    pairs: float


def together(places: Mapping[int, Sequence[int]], worths: Sequence[float]) -> Together:
    """
    Look through the places of the words, which are named by their place in the question.

    `worths` are how much each word of the question tells. Places are ascending.
    """
    events = sorted((place, word) for word, found in places.items() for place in found)
    near = [0.0] * max(0, len(worths) - 1)
    last: dict[int, int] = {}
    for place, word in events:
        last[word] = place
        for before in (word - 1, word):
            first, second = last.get(before), last.get(before + 1)
            if before < 0 or first is None or second is None:
                continue
            distance = abs(first - second)
            if 0 < distance <= WIDTH:
                near[before] = max(near[before], 1 / distance)
    pairs = sum(
        value * min(worths[place], worths[place + 1]) for place, value in enumerate(near) if value
    )
    return Together(window=_best_window(events, worths), pairs=pairs)


def _best_window(events: Sequence[tuple[int, int]], worths: Sequence[float]) -> float:
    counts = [0] * len(worths)
    first, worth, best = 0, 0.0, 0.0
    for place, word in events:
        worth += 0 if counts[word] else worths[word]
        counts[word] += 1
        while events[first][0] < place - WIDTH:
            gone = events[first][1]
            counts[gone] -= 1
            worth -= 0 if counts[gone] else worths[gone]
            first += 1
        best = max(best, worth)
    return best
