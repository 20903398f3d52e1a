"""
Words: how texts and questions are taken apart, in the same way.

Letters and digits make words; accents go, ё is е; what is written with signs between, such as a
serial or an address, is also one word without them.
"""

import re
import unicodedata
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+")
# Runs that people read as one thing: serials, numbers of orders, addresses, domains.
JOINED = re.compile(r"[^\W_]+(?:[-_./:@+#'’]+[^\W_]+)+")
MIXED = re.compile(r"[^\W\d_]+|\d+")
LONGEST = 60
LONGEST_TEXT = 100_000
MANY_DIGITS = 6
# Accents of Latin, Greek and Cyrillic letters; й is a letter of its own, ё is not.
ACCENT = re.compile("(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f]")


def plain(text: str) -> str:
    """Make letters small and take their accents away; й stays."""
    small = unicodedata.normalize("NFKC", text).lower()
    if small.isascii():
        return small
    bare = ACCENT.sub("", unicodedata.normalize("NFD", small))
    return unicodedata.normalize("NFC", bare)


def words_of(text: str) -> Iterator[str]:
    """Take a text apart into words in order, joined forms after their parts."""
    cut = plain(text[:LONGEST_TEXT])
    joined = {match.end(): whole for match in JOINED.finditer(cut) if (whole := _joined(match[0]))}
    for match in WORD.finditer(cut):
        word = match[0][:LONGEST]
        yield word
        parts = MIXED.findall(word)
        if len(parts) > 1:
            yield from parts
        if whole := joined.get(match.end()):
            yield whole


def joined(text: str) -> str:
    """Make one word of a text, as of an address."""
    return "".join(WORD.findall(plain(text)))[:LONGEST]


def indexable(text: str) -> str:
    """Write a text as words with spaces between, which no parser can take apart otherwise."""
    return " ".join(words_of(text))


def _joined(run: str) -> str | None:
    whole = "".join(WORD.findall(run))[:LONGEST]
    digits = sum(sign.isdigit() for sign in whole)
    # 1.5 is not 15, while 12-345-678 is what somebody reads from a label.
    telling = "@" in run or digits >= MANY_DIGITS or 0 < digits < len(whole)
    return whole if telling or ("." in run and not digits) else None
