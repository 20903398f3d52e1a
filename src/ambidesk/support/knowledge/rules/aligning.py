"""
Aligning: what of two sequences stands in both, in order, at a cost that long ones do not blow up.

What stands once on either side holds the two together ("patience"); only short pieces between are
compared thoroughly.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T", bound=str)
# Pieces with more pairs than this are taken for different where nothing in them stands once.
MOST_PAIRS = 22_500
DEEPEST = 16
Step = tuple[int, int, int, int]


def steps(old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[bool, Step]]:
    """Give runs in order, whether both sides are equal there, and [i, j) of old, [k, m) of new."""
    ends: tuple[int, int] = (0, 0)
    for i, k, size in _joined(old, new):
        if ends != (i, k):
            yield False, (ends[0], i, ends[1], k)
        yield True, (i, i + size, k, k + size)
        ends = (i + size, k + size)
    if ends != (len(old), len(new)):
        yield False, (ends[0], len(old), ends[1], len(new))


def _joined(old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[int, int, int]]:
    """Give the equal runs as places and sizes, neighbours as one."""
    begin, size = (0, 0), 0
    for i, k, length in _equal(old, new, (0, len(old), 0, len(new)), DEEPEST):
        if size and (begin[0] + size, begin[1] + size) == (i, k):
            size += length
            continue
        if size:
            yield *begin, size
        begin, size = (i, k), length
    if size:
        yield *begin, size


def _equal(
    old: Sequence[T], new: Sequence[T], within: Step, deeper: int
) -> Iterator[tuple[int, int, int]]:
    """Find the equal runs of a piece: its ends, then around what stands once, then all."""
    i, j, k, m = within
    start = 0
    while i + start < j and k + start < m and old[i + start] == new[k + start]:
        start += 1
    if start:
        yield i, k, start
    i, k = i + start, k + start
    end = 0
    while i < j - end and k < m - end and old[j - end - 1] == new[m - end - 1]:
        end += 1
    j, m = j - end, m - end
    if i < j and k < m:
        yield from _middle(old, new, (i, j, k, m), deeper)
    if end:
        yield j, m, end


def _middle(
    old: Sequence[T], new: Sequence[T], within: Step, deeper: int
) -> Iterator[tuple[int, int, int]]:
    i, j, k, m = within
    if (j - i) * (m - k) <= MOST_PAIRS:
        found = SequenceMatcher(a=old[i:j], b=new[k:m], autojunk=False).get_matching_blocks()
        yield from ((i + block.a, k + block.b, block.size) for block in found if block.size)
        return
    anchors = _anchors(old, new, within) if deeper else []
    if not anchors:
        return
    for at, to in anchors:
        yield from _equal(old, new, (i, at, k, to), deeper - 1)
        yield at, to, 1
        i, k = at + 1, to + 1
    yield from _equal(old, new, (i, j, k, m), deeper - 1)


def _anchors(old: Sequence[T], new: Sequence[T], within: Step) -> list[tuple[int, int]]:
    """Give the longest row of what stands once on both sides, rising on both."""
    i, j, k, m = within
    before, after = Counter(old[i:j]), Counter(new[k:m])
    places = {new[place]: place for place in range(k, m) if after[new[place]] == 1}
    pairs = [
        (at, places[old[at]]) for at in range(i, j) if before[old[at]] == 1 and old[at] in places
    ]
    ends: list[int] = []
    last: list[int] = []
    came: list[int] = []
    for number, (_at, to) in enumerate(pairs):
        place = bisect_left(ends, to)
        came.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [to]
        last[place : place + 1] = [number]
    row: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = came[number]
    return row[::-1]
