"""Snippets: a piece of a text around what was found, its words marked, everything else escaped."""

import re
from collections.abc import Iterable, Sequence

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ambidesk.ground.search.words import plain

TOKEN = re.compile(r"[^\W_]+")
READ = 20_000
LENGTH = 180
BEFORE = 60
ALIKE = 3
STEMS = """
    SELECT word FROM unnest(%s::text[]) AS given (word)
     WHERE tsvector_to_array(to_tsvector('russian', word)) && %s::text[]
"""
Lexemes = Sequence[tuple[str, bool]]


def matching(texts: Iterable[str], lexemes: Lexemes) -> frozenset[str]:
    """Give the words of the texts, without case and accents, that the lexemes stand for."""
    begins = {lexeme[:ALIKE] for lexeme, _is_beginning in lexemes}
    words = {plain(match[0]) for text in texts for match in TOKEN.finditer(text[:READ])}
    near = [word for word in words if word[:ALIKE] in begins or word[: ALIKE - 1] in begins]
    beginnings = tuple(lexeme for lexeme, is_beginning in lexemes if is_beginning)
    sure = {word for word in near if word.startswith(beginnings)}
    rest = [word for word in near if word not in sure]
    if rest:
        with connection.cursor() as cursor:
            cursor.execute(STEMS, [rest, [lexeme for lexeme, _is_beginning in lexemes]])
            sure |= {word for (word,) in cursor.fetchall()}
    return frozenset(sure)


def marked(text: str, words: frozenset[str]) -> SafeString:
    """Escape a text and mark the words in it."""
    parts: list[str] = []
    last = 0
    for match in TOKEN.finditer(text):
        if plain(match[0]) in words:
            parts += [escape(text[last : match.start()]), f"<mark>{escape(match[0])}</mark>"]
            last = match.end()
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))  # noqa: S308 each part is escaped


def snippet(text: str, words: frozenset[str]) -> SafeString:
    """Cut out the piece with the most of the words, on one line, and mark them."""
    line = " ".join(text[:READ].split())
    places = [match.start() for match in TOKEN.finditer(line) if plain(match[0]) in words]
    return snippet_at(line, words, places=places)


def snippet_at(line: str, words: frozenset[str], *, places: Sequence[int]) -> SafeString:
    """Cut out the piece of a line that has the most of these places, and mark the words in it."""
    start = max(0, _densest(places) - BEFORE)
    if start:
        # Not in the middle of a word.
        start = line.find(" ", start) + 1 if line.find(" ", start) >= 0 else start
    piece = line[start : start + LENGTH]
    before = "… " if start else ""
    after = " …" if start + LENGTH < len(line) else ""
    return mark_safe(f"{before}{marked(piece, words)}{after}")  # noqa: S308 marked() escapes


def _densest(places: Sequence[int]) -> int:
    best, most = 0, 0
    for first, place in enumerate(places):
        number = sum(1 for other in places[first:] if other < place + LENGTH - BEFORE)
        if number > most:
            best, most = place, number
    return best
