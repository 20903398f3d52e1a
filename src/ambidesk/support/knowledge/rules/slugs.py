"""Slugs: addresses made of titles, Russian ones in Latin letters.

Source: ICAO Doc 9303 part 3, transliteration of Cyrillic, but for e instead of ie.
"""

import re
import unicodedata

LONGEST = 80
_FROM = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_TO = (
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia i i e g u"
).split()
LETTERS = {ord(sign): "" if told == "-" else told for sign, told in zip(_FROM, _TO, strict=True)}


def slug_of(title: str) -> str:
    """Give the address that a title makes; "article" where it has no letter of ours."""
    latin = title.lower().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > LONGEST:
        words = words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
    return words.strip("-") or "article"


def numbered(slug: str, number: int) -> str:
    """Give the same address with a number, the first being as it is."""
    return slug if number < 2 else f"{slug}-{number}"
