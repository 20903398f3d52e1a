"""
Understanding: words become a query of the index, by the morphology of both languages.

A word that is nowhere is taken for the words that look most like it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from ambidesk.ground.search.question import Question

# A word in its own form by either language's rules, and whether the index knows a beginning of it.
LOOK_UP = """
    SELECT word, stem, EXISTS (SELECT FROM search_lexeme
                                WHERE lexeme LIKE word || '%%' OR lexeme = stem)
      FROM unnest(%s::text[]) AS given (word),
           LATERAL (SELECT (tsvector_to_array(to_tsvector('russian', word)))[1]) AS own (stem)
"""
ALIKE = """
    SELECT word, lexeme FROM unnest(%s::text[], %s::text[]) AS given (word, stem), LATERAL (
        SELECT lexeme, similarity(lexeme, stem) AS likeness FROM search_lexeme
         WHERE lexeme %% stem AND abs(length(lexeme) - length(stem)) <= 3
         ORDER BY likeness DESC, lexeme LIMIT 4) AS found
     WHERE likeness >= 0.35
"""
PHRASE = "SELECT phraseto_tsquery('russian', %s)::text"
SHORTEST_MISTAKE = 4
# Of each word its stem, and whether anything begins like it.
Known = Mapping[str, tuple[str, bool]]
Alike = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """
    A query of words, in PostgreSQL's notation; empty where no word tells anything.

    `lexemes` are what hits are marked by: the word, and whether it is only a beginning.
    """

    query: str
    lexemes: tuple[tuple[str, bool], ...]
    taken_for: tuple[tuple[str, tuple[str, ...]], ...] = ()


def understand(question: Question) -> Understood:
    """Make a query of the words of a question."""
    known = _look_up(list(dict.fromkeys([*question.words, *question.without])))
    alike = _alike({word: known[word][0] for word in question.words if not known[word][1]})
    forms = [_any_of(_forms(word, known, alike)) for word in question.words]
    ways = [_any_of([_way(way) for way in question.either])]
    phrases = [_phrase(phrase) for phrase in question.phrases]
    without = [_any_of(_forms(word, known, {})) for word in question.without]
    parts = [*forms, *ways, *phrases, *(f"!{part}" for part in without if part)]
    asked = [word for word in question.words if known[word][0]]
    lexemes = [(word, True) for word in question.typed]
    stems = [(known[word][0], False) for word in asked]
    others = [(other, False) for word in asked for other in alike.get(word, ())]
    return Understood(
        query=" & ".join(part for part in parts if part),
        lexemes=tuple(dict.fromkeys([*lexemes, *stems, *others])),
        taken_for=tuple((word, tuple(others)) for word, others in alike.items()),
    )


def _look_up(words: Sequence[str]) -> Known:
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [list(words)])
        # Serials and numbers are in no list of words, and nobody mistypes them into others.
        return {
            word: (stem or "", known or len(word) < SHORTEST_MISTAKE or not word.isalpha())
            for word, stem, known in cursor.fetchall()
        }


def _alike(words: Mapping[str, str]) -> Alike:
    """Find for words the lexemes that look like their stems."""
    found: Alike = {}
    if words:
        with connection.cursor() as cursor:
            cursor.execute(ALIKE, [list(words), list(words.values())])
            for word, lexeme in cursor.fetchall():
                found.setdefault(word, []).append(lexeme)
    return found


def _forms(word: str, known: Known, alike: Alike) -> list[str]:
    stem = known[word][0]
    if not stem:
        # A word that stands everywhere, such as "the", tells nothing.
        return []
    return [f"'{stem}'", f"'{word}':*", *(f"'{other}'" for other in alike.get(word, ()))]


def _way(words: Iterable[str]) -> str:
    return "(" + " & ".join(f"'{word}'" for word in words) + ")"


def _any_of(forms: Iterable[str]) -> str:
    joined = " | ".join(forms)
    return f"({joined})" if joined else ""


def _phrase(words: Sequence[str]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(PHRASE, [" ".join(words)])
        found = str(cursor.fetchone()[0])
    return f"({found})" if found else ""
