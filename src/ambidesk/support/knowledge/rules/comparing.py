"""
Comparing: two texts side by side, line for line, with the words that differ marked.

The work is bounded however long the texts are: what is alike is looked for near by only.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ambidesk.support.knowledge.rules.aligning import steps

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Lines alike by less than this are shown as gone and come, not as changed.
ALIKE = 0.4
# A changed line is looked for so many lines on, and in a whole text so often.
AHEAD, MOST_LOOKS = 20, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a line; `changed` is what the other side has not."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line on both sides; None where a side has none."""

    before: tuple[Piece, ...] | None
    after: tuple[Piece, ...] | None

    @property
    def is_same(self) -> bool:
        """Say whether nothing differs here."""
        sides = (self.before, self.after)
        return all(side is not None and not any(p.changed for p in side) for side in sides)


def compared(before: str, after: str) -> tuple[Row, ...]:
    """Compare two texts; the pieces of a side put together are that text again."""
    old, new = before.split("\n"), after.split("\n")
    rows: list[Row] = []
    looks = MOST_LOOKS
    for is_same, (i, j, k, m) in steps(old, new):
        if is_same:
            rows += [_same(line) for line in old[i:j]]
            continue
        pairs, looks = _pairs(old[i:j], new[k:m], looks)
        rows += _changed(old[i:j], new[k:m], pairs)
    return tuple(rows)


def _same(line: str) -> Row:
    told = (Piece(text=line, changed=False),)
    return Row(before=told, after=told)


def _pairs(old: Sequence[str], new: Sequence[str], looks: int) -> tuple[list[tuple[int, int]], int]:
    """Pair lines that are alike in their order, while there are looks left."""
    before, after = [_bag(line) for line in old], [_bag(line) for line in new]
    found: list[tuple[int, int]] = []
    at = 0
    for place, bag in enumerate(before):
        for other in range(at, min(at + AHEAD, len(new))):
            if looks <= 0:
                return found, 0
            looks -= 1
            if _alike(bag, after[other]):
                found.append((place, other))
                at = other + 1
                break
    return found, looks


def _changed(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> Iterator[Row]:
    """Show pairs beside each other, what has none before or after."""
    i, k = 0, 0
    for gone, come in pairs:
        yield from _apart(old[i:gone], new[k:come])
        yield _words(old[gone], new[come])
        i, k = gone + 1, come + 1
    yield from _apart(old[i:], new[k:])


def _apart(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    yield from (Row(before=_whole(line), after=None) for line in old)
    yield from (Row(before=None, after=_whole(line)) for line in new)


def _bag(line: str) -> Counter[str]:
    return Counter(WORDS.findall(line))


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    """Say whether the share of words that both lines have is large enough."""
    most = one.total() + other.total()
    return bool(most) and 2 * (one & other).total() / most > ALIKE


def _whole(line: str) -> tuple[Piece, ...]:
    return (Piece(text=line, changed=True),)


def _words(one: str, other: str) -> Row:
    old, new = WORDS.findall(one), WORDS.findall(other)
    before: list[Piece] = []
    after: list[Piece] = []
    for is_same, (i, j, k, m) in steps(old, new):
        if i < j:
            before.append(Piece(text="".join(old[i:j]), changed=not is_same))
        if k < m:
            after.append(Piece(text="".join(new[k:m]), changed=not is_same))
    return Row(before=tuple(before), after=tuple(after))
