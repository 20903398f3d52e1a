"""Synonyms: words of a desk that mean one thing, by shelf; a question for one is for all."""

from collections.abc import Iterator, Sequence

from django.db import connection

from ambidesk.ground.search.pages.rules.terms import terms

# Only what has one of the words is read, however many there are.
READ = "SELECT words FROM search_synonym WHERE shelf = %s AND terms && %s::text[] ORDER BY key"
WRITE = """
    INSERT INTO search_synonym (shelf, key, words, terms) VALUES (%s, %s, %s, %s)
    ON CONFLICT (shelf, key) DO UPDATE SET words = excluded.words, terms = excluded.terms
"""
REMOVE = "DELETE FROM search_synonym WHERE shelf = %s AND key = %s"


def write_synonym(words: Sequence[str], *, key: int, shelf: str) -> None:
    """Put two to twenty words that mean one thing in place of what had this key."""
    found = list(dict.fromkeys(term for each in words for term in terms(each)))
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [shelf, key, list(words), found])


def remove_synonym(key: int, *, shelf: str) -> None:
    """Let words mean what each says by itself again."""
    with connection.cursor() as cursor:
        cursor.execute(REMOVE, [shelf, key])


def alike(words: Sequence[str], *, shelf: str) -> Iterator[tuple[int, str, float]]:
    """
    Give what else stands for terms of a question: place, other term, weight up to 1.

    A synonym of several words is asked for where all of them stand, and its words share the weight.
    """
    places = {word: place for place, word in reversed(list(enumerate(words)))}
    for group in _groups(words, shelf):
        taken = [terms(each) for each in group]
        for own in taken:
            if not own or not all(word in places for word in own):
                continue
            for other in taken:
                for word in other if other != own else ():
                    yield places[own[0]], word, 1 / len(other)


def _groups(words: Sequence[str], shelf: str) -> list[list[str]]:
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(READ, [shelf, list(words)])
        return [list(group) for (group,) in cursor.fetchall()]
