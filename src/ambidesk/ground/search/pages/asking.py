"""
Asking: a question becomes words with all that stands for each: its forms, synonyms, and for what
stands nowhere, what the same keys give in the other layout, or what looks most like it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from ambidesk.ground.search.pages.rules.joining import telling
from ambidesk.ground.search.pages.rules.layout import other_layout
from ambidesk.ground.search.pages.rules.terms import is_word, term_of, terms, tokens
from ambidesk.ground.search.pages.sight import Sight
from ambidesk.ground.search.pages.synonyms import alike

LONGEST, MOST_WORDS = 400, 16
SHORTEST_MISTAKE = 4
ALIKE_WEIGHT, LONGER_WEIGHT = 0.7, 0.6
# On how many pages a word stands that may be seen; beyond some, more make no difference.
COUNTED = """(SELECT count(*) FROM (
        SELECT FROM search_posting AS posting
         WHERE posting.term = {term} AND {seen} LIMIT {most}) AS stood)"""
KNOWN = """
    SELECT term FROM search_term AS known
     WHERE shelf = %(shelf)s AND term = ANY(%(words)s) AND {seen} > 0
"""
MISTAKES = """
    SELECT word, term FROM unnest(%(words)s::text[]) AS given (word), LATERAL (
        SELECT term, likeness FROM (
            SELECT term, likeness, {seen} AS seen FROM (
                SELECT term, pages, similarity(term, word) AS likeness FROM search_term
                 WHERE shelf = %(shelf)s AND term %% word
                   AND abs(length(term) - length(word)) <= 2) AS known
             WHERE likeness >= 0.4) AS alike
         WHERE seen > 0 ORDER BY likeness DESC, seen DESC, term LIMIT 3) AS found
"""
LONGER = """
    SELECT term FROM (
        SELECT term, {seen} AS seen FROM (
            SELECT term, pages FROM search_term
             WHERE shelf = %(shelf)s AND term LIKE %(beginning)s || '%%'
             ORDER BY pages DESC, term LIMIT {looked}) AS known) AS found
     WHERE seen > 0 ORDER BY seen DESC, term LIMIT 8
"""
# Of beginnings that many words have, so many words are looked at.
LOOKED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    A question: for each word the terms that stand for it, with weights up to 1.

    `taken_for` are words that stand nowhere and what was looked for instead.
    """

    words: Sequence[Mapping[str, float]]
    taken_for: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def rows(self) -> Iterator[tuple[int, str, float]]:
        """Each word's place, a term and its weight."""
        for place, word in enumerate(self.words):
            for term, weight in word.items():
                yield place, term, weight


def ask(text: str, *, sight: Sight, unfinished: bool = False) -> Asked:
    """
    Understand a question to the pages in sight; the last word of an `unfinished` one may go on.

    Whether a word stands anywhere is judged by these pages: of others nothing is told.
    """
    chunks = list(dict.fromkeys(text[:LONGEST].split()))
    known = _known(sight, [term for chunk in chunks for term in _both(chunk)])
    typed: dict[str, None] = {}
    taken: list[tuple[str, tuple[str, ...]]] = []
    for chunk in chunks:
        own, other = terms(chunk), terms(other_layout(chunk))
        if other and not known.issuperset(own) and known.issuperset(other):
            taken.append((chunk, (other_layout(chunk),)))
            own = other
        typed.update(dict.fromkeys(own))
    last = next(reversed(list(tokens(text))), "") if unfinished and text[-1:].isalnum() else ""
    words = telling(list(typed), is_open=bool(last))[:MOST_WORDS]
    strange = [
        word
        for word in words
        if word not in known and is_word(word) and len(word) >= SHORTEST_MISTAKE
    ]
    longer = _longer(sight, term_of(last)) if last else []
    # What may go on is no mistake yet, unless nothing begins so.
    mistakes = _mistakes(sight, [word for word in strange if not (longer and word == words[-1])])
    taken += [(word, tuple(found)) for word, found in mistakes.items()]
    return Asked(words=_forms(words, mistakes, longer, sight.shelf), taken_for=tuple(taken))


def _forms(
    words: Sequence[str], mistakes: Mapping[str, Sequence[str]], longer: Sequence[str], shelf: str
) -> list[dict[str, float]]:
    forms = [{word: 1.0} for word in words]
    for place, term, weight in alike(words, shelf=shelf):
        forms[place].setdefault(term, weight * ALIKE_WEIGHT)
    for form, word in zip(forms, words, strict=True):
        for term in mistakes.get(word, ()):
            form.setdefault(term, ALIKE_WEIGHT)
    for term in longer if forms else ():
        forms[-1].setdefault(term, LONGER_WEIGHT)
    return forms


def _both(chunk: str) -> list[str]:
    return [*terms(chunk), *terms(other_layout(chunk))]


def _known(sight: Sight, words: Sequence[str]) -> set[str]:
    sql = KNOWN.format(seen=_seen(sight, most=1))
    with connection.cursor() as cursor:
        cursor.execute(sql, sight.given(words=list(words)))
        return {term for (term,) in cursor.fetchall()}


def _longer(sight: Sight, beginning: str) -> list[str]:
    sql = LONGER.format(seen=_seen(sight), looked=LOOKED)
    with connection.cursor() as cursor:
        cursor.execute(sql, sight.given(beginning=beginning))
        return [term for (term,) in cursor.fetchall()]


def _mistakes(sight: Sight, words: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if words:
        sql = MISTAKES.format(seen=_seen(sight))
        with connection.cursor() as cursor:
            cursor.execute(sql, sight.given(words=list(words)))
            for word, term in cursor.fetchall():
                found.setdefault(word, []).append(term)
    return found


def _seen(sight: Sight, *, most: int = 50) -> str:
    """On how many pages in sight a word of `known` stands; of a whole shelf that is counted."""
    if sight.is_whole:
        return "known.pages"
    return COUNTED.format(term="known.term", seen=sight.of("posting"), most=most)
