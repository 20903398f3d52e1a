"""Mentions: which names stand behind an @ in a text; the longest name that fits is meant. Pure."""

from collections.abc import Iterator, Mapping

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
