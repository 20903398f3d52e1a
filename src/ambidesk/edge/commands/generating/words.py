"""
Words by Zipf's law in both languages, in sentences that are made once and drawn from often.

What people said in the demo's story are the frequent words; the rare ones are put together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from random import Random

from ambidesk.edge.commands.story.situations import situations

VOCABULARY = 20_000
SENTENCES = 30_000
WORD = re.compile(r"[^\W\d_]{2,}")
PIECES = {
    "ru": (
        "вы за пере под раз при об до по со".split(),
        "верт двиг клад лом мер нос пус руб сад тяг ход чист шум щит ключ сыр дет пар".split(),
        "ка ник ость ение ание тель щик ица ок ина".split(),
    ),
    "en": (
        "re un over out pre mis under inter sub non".split(),
        "bolt crank drive flow grip hinge join latch mount pump rail seal turn valve wire".split(),
        "er ing ness able ment less ed ful or ion".split(),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Sentences of one language, ready to be put together; `words` are in order of frequency."""

    words: Sequence[str]
    sentences: Sequence[str]
    subjects: Sequence[str]


def prose(language: str) -> Prose:
    """Make the prose of a language, the same each time."""
    dice = Random(f"prose {language}")  # noqa: S311 test data, no secret
    words = _vocabulary(language, dice)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    lengths = [dice.choice(range(4, 19)) for _ in range(SENTENCES)]
    drawn = dice.choices(words, cum_weights=weights, k=sum(lengths))
    sentences, place = [], 0
    for length in lengths:
        said = " ".join(drawn[place : place + length])
        sentences.append(f"{said[0].upper()}{said[1:]}.")
        place += length
    subjects = [
        " ".join(dice.choices(words, cum_weights=weights, k=dice.randrange(2, 8))).capitalize()
        for _ in range(SENTENCES // 3)
    ]
    return Prose(words=words, sentences=sentences, subjects=subjects)


def _vocabulary(language: str, dice: Random) -> list[str]:
    said = chain.from_iterable(
        wording
        for each in situations()
        if each.language == language
        for turn in each.talk
        for wording in turn.say
    )
    known = dict.fromkeys(word.lower() for text in said for word in WORD.findall(text))
    prefixes, roots, endings = PIECES[language]
    while len(known) < VOCABULARY:
        parts = dice.sample(roots, 2)
        known[dice.choice(prefixes) + "".join(parts) + dice.choice(endings)] = None
        known["".join(parts) + dice.choice(endings)] = None
    return list(known)
