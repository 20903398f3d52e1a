"""Mentions: which names stand behind an @ in a text; the longest name that fits is meant. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping

SIGN = "@"


def mentioned(text: str, names: Mapping[int, str]) -> frozenset[int]:
    """
    Find whom a text mentions, by the keys of their names, whatever the letters' case.

    Two of the same name are both meant. A sign inside a word, as in an address, mentions nobody.
    """
    known: dict[str, set[int]] = {}
    for key, name in names.items():
        if words := _plain(name):
            known.setdefault(words, set()).add(key)
    longest_first = sorted(known, key=len, reverse=True)
    found: set[int] = set()
    folded = _plain_spaces(text)
    for start in _signs(folded):
        rest = folded[start:]
        for name in longest_first:
            if rest.startswith(name) and _ends(rest, len(name)):
                found |= known[name]
                break
    return frozenset(found)


def cut(text: str, names: Collection[str]) -> list[tuple[str, bool]]:
    """Cut a text into what names somebody behind a sign, marked True, and what lies between."""
    known = sorted((" ".join(name.split()) for name in names), key=len, reverse=True)
    if SIGN not in text or not any(known):
        return [(text, False)]
    words = "|".join(re.escape(name).replace("\\ ", r"[\u00a0 ]") for name in known if name)
    form = re.compile(rf"(?<!\w){SIGN}(?:{words})(?!\w)", re.IGNORECASE)
    parts: list[tuple[str, bool]] = []
    end = 0
    for found in form.finditer(text):
        parts += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    parts.append((text[end:], False))
    return [(said, is_name) for said, is_name in parts if said]


def _signs(text: str) -> Iterator[int]:
    """Give the places behind each sign that begins a word."""
    at = text.find(SIGN)
    while at >= 0:
        if at == 0 or not text[at - 1].isalnum():
            yield at + 1
        at = text.find(SIGN, at + 1)


def _ends(text: str, place: int) -> bool:
    return place >= len(text) or not text[place].isalnum()


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _plain_spaces(text: str) -> str:
    return text.replace("\u00a0", " ").casefold()
