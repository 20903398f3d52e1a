"""
Weighing: a page's worth for a question, from its words' frequencies and from where they stand.

Source: Robertson, Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), for
the frequencies, which the database sums. The weights below were found on one half of the questions
of a public help, and hold on the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from ambidesk.ground.search.pages.rules.nearness import together

TITLE, NEAR, PAIRS, HEADING, WHOLE = 3.5, 0.5, 2.0, 0.7, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    Where a word of the question stands in a page.

    `headings` are numbers of headings, `places` those in the text, ascending.
    """

    is_in_title: bool
    headings: Sequence[int]
    places: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """
    A page as it is weighed: `frequencies` is its worth by BM25F, lengths count words.

    `standings` are by the place of the word in the question.
    """

    frequencies: float
    title_length: int
    heading_lengths: Sequence[int]
    standings: Mapping[int, Standing]


def worth(page: Candidate, worths: Sequence[float]) -> float:
    """Weigh a page; `worths` are how much each word of the question tells."""
    total = sum(worths)
    if not total:
        return page.frequencies
    in_title = sum(worths[word] for word, each in page.standings.items() if each.is_in_title)
    whole = sum(worths[word] for word in page.standings)
    places = {word: each.places for word, each in page.standings.items()}
    near = together(places, worths)
    return (
        page.frequencies
        + TITLE * _share(in_title, total, page.title_length)
        + HEADING * _best_heading(page, worths, total)
        + NEAR * near.window**2 / total
        + PAIRS * near.pairs
        + WHOLE * whole**2 / total
    )


def _best_heading(page: Candidate, worths: Sequence[float], total: float) -> float:
    found: dict[int, float] = {}
    for word, each in page.standings.items():
        for number in each.headings:
            found[number] = found.get(number, 0.0) + worths[word]
    return max(
        (_share(value, total, page.heading_lengths[number]) for number, value in found.items()),
        default=0.0,
    )


def _share(found: float, total: float, length: int) -> float:
    """Much of the question in few words counts most."""
    return found * found / total / sqrt(max(1, length))
