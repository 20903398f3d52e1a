"""
Pieces: a message cut into what single calls may carry; pure, and the same each time it is asked.

Lengths count UTF-16 units, as messengers do; no letter is cut in two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ambidesk.support.channels.contract.manifest import Manifest
from ambidesk.support.channels.contract.outbound import Button, OutFile, Piece

# Where a text is cut, the best place first: between paragraphs, lines, sentences, words.
PLACES = tuple(map(re.compile, (r"\n{2,}", r"\n", r"(?<=[.!?…])\s+", r"\s+")))
WIDE = 0xFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All of a message that leaves: its words, its files, its buttons."""

    text: str
    files: tuple[OutFile, ...] = ()
    buttons: tuple[Button, ...] = ()


def length(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) + sum(ord(letter) > WIDE for letter in text)


def pieces(
    said: Said, manifest: Manifest, *, key: str, to: str, talk: str, after: str = ""
) -> list[Piece]:
    """
    Cut a message into pieces; words come first, buttons stand under the last words.

    A short text goes with the first file, where the messenger has captions.
    """
    texts, files = list(divide(said.text, manifest.longest_text)), list(said.files)
    caption = ""
    fits = len(texts) == 1 and length(texts[0]) <= manifest.longest_caption
    if files and fits and not said.buttons:
        caption = texts.pop()
    parts: list[tuple[str, OutFile | None]] = [(text, None) for text in texts]
    parts += [(caption if not number else "", file) for number, file in enumerate(files)]
    last_words = len(texts) - 1 if texts else 0
    return [
        Piece(
            key=f"{key}:{position}",
            to=to,
            talk=talk,
            after=after,
            text=text,
            file=file,
            buttons=said.buttons if position == last_words else (),
        )
        for position, (text, file) in enumerate(parts)
    ]


def divide(text: str, longest: int) -> Iterator[str]:
    """Cut a text into parts of at most so many UTF-16 units, without empty ones."""
    rest = text.strip()
    while rest:
        if length(rest) <= longest:
            yield rest
            return
        end = _most(rest, longest)
        cut = _cut(rest, end)
        yield rest[:cut].rstrip() or rest[:end]
        rest = rest[max(cut, 1) :].lstrip()


def _most(text: str, longest: int) -> int:
    """So many letters fit, at least one."""
    units = 0
    for number, letter in enumerate(text):
        units += 2 if ord(letter) > WIDE else 1
        if units > longest:
            return max(number, 1)
    return len(text)


def _cut(text: str, end: int) -> int:
    """Find the best place to cut in the latter half of what fits."""
    for place in PLACES:
        found: Sequence[int] = [
            each.start() for each in place.finditer(text, end // 2, end + 1) if each.start() > 0
        ]
        if found:
            return min(found[-1], end)
    return end
