"""
Understanding: words become a query of the index, by the morphology of both languages.

A word that is nowhere is taken for the words that look most like it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from ambidesk.ground.search.question import Question

# A word in its own form by either language's rules, whether that stands anywhere, and words of
# which it is the beginning. (The index could look for beginnings itself, but would then read all
# rows of each, while rows of a word are skipped where nothing else stands in them.)
LOOK_UP = """
    SELECT word, stem, EXISTS (SELECT FROM search_lexeme WHERE lexeme = stem),
           ARRAY(SELECT lexeme FROM search_lexeme WHERE lexeme LIKE word || '%%'
                  ORDER BY length(lexeme), lexeme LIMIT 24)
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
Alike = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its stem, whether that stands anywhere, and what begins like the word."""

    word: str
    stem: str
    stands: bool
    longer: tuple[str, ...]

    @property
    def is_mistake(self) -> bool:
        """Nothing is like it; nobody mistypes a serial into another one that is right."""
        plain = self.word.isalpha() and len(self.word) >= SHORTEST_MISTAKE
        return plain and not self.stands and not self.longer

    def forms(self, alike: Iterable[str]) -> list[str]:
        """List what it is found by, in PostgreSQL's notation."""
        if not self.stem:
            # A word that stands everywhere, such as "the", tells nothing.
            return []
        lexemes = dict.fromkeys([self.stem, self.word, *self.longer, *alike])
        found = [f"'{lexeme}'" for lexeme in lexemes]
        # Serials are not among the words that are known, and few rows begin like one.
        return found if self.word.isalpha() else [*found, f"'{self.word}':*"]


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
    words = [known[word] for word in question.words]
    alike = _alike([word for word in words if word.is_mistake])
    forms = [_any_of(word.forms(alike.get(word.word, ()))) for word in words]
    ways = _any_of([_way(way) for way in question.either])
    phrases = [_phrase(phrase) for phrase in question.phrases]
    without = [_any_of(known[word].forms(())) for word in question.without]
    parts = [*forms, ways, *phrases, *(f"!{part}" for part in without if part)]
    stems = [(word.stem, False) for word in words if word.stem]
    others = [(lexeme, False) for found in alike.values() for lexeme in found]
    return Understood(
        query=" & ".join(part for part in parts if part),
        lexemes=tuple(dict.fromkeys([*((word, True) for word in question.typed), *stems, *others])),
        taken_for=tuple((word, tuple(found)) for word, found in alike.items()),
    )


def _look_up(words: Sequence[str]) -> dict[str, Word]:
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [list(words)])
        rows = cursor.fetchall()
    return {
        word: Word(word, stem or "", stands, tuple(longer)) for word, stem, stands, longer in rows
    }


def _alike(words: Sequence[Word]) -> Alike:
    """Find for words the lexemes that look like their stems."""
    found: Alike = {}
    if words:
        with connection.cursor() as cursor:
            given = [[word.word for word in words], [word.stem for word in words]]
            cursor.execute(ALIKE, given)
            for word, lexeme in cursor.fetchall():
                found.setdefault(word, []).append(lexeme)
    return found


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
