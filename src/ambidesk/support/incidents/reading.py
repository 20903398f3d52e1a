"""Reading: the terms of tickets' subjects and first words, as hashes, in one question for many."""

import hashlib
from collections.abc import Collection, Mapping
from functools import lru_cache

from django.db import connection

# What a ticket began with.
TEXTS = """
    SELECT ticket.id, left(ticket.subject || ' ' || coalesce(said.text, ''), 2000) AS text
      FROM tickets_ticket ticket
      LEFT JOIN LATERAL (
          SELECT coalesce(nullif(message.new_text, ''), message.text) AS text
            FROM tickets_filing filing
            JOIN conversations_message message ON message.id = filing.message_id
           WHERE filing.ticket_id = ticket.id AND filing.withdrawn_at IS NULL
             AND message.direction = 'in' AND message.erased_at IS NULL
           ORDER BY filing.id LIMIT 1) AS said ON true
     WHERE ticket.id = ANY(%s)
"""
# The Russian configuration stems words in Latin letters as English ones.
LEXEMES = f"""
    SELECT id, tsvector_to_array(to_tsvector('russian', text)) FROM ({TEXTS}) texts
"""  # noqa: S608 a constant
SPELLINGS = f"""
    SELECT DISTINCT ON (lexemes[1]) lexemes[1], lower(token)
      FROM ({TEXTS}) texts CROSS JOIN ts_debug('russian', text)
     WHERE lexemes[1] = ANY(%s)
     GROUP BY lexemes[1], lower(token)
     ORDER BY lexemes[1], count(*) DESC, lower(token)
"""  # noqa: S608 a constant
MOST_TERMS = 60


def terms_of(numbers: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Give the terms of each ticket."""
    return {
        number: frozenset(hashed(word) for word in words)
        for number, words in lexemes_of(numbers).items()
    }


def lexemes_of(numbers: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """Give the lexemes of each ticket, numbers and single letters left out."""
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, [sorted(numbers)])
        rows = cursor.fetchall()
    return {number: tuple(_telling(words))[:MOST_TERMS] for number, words in rows}


def spelled(lexemes: Collection[str], *, numbers: Collection[int]) -> Mapping[str, str]:
    """Give for lexemes the words that tickets have for them most often."""
    with connection.cursor() as cursor:
        cursor.execute(SPELLINGS, [sorted(numbers), list(lexemes)])
        return dict(cursor.fetchall())


def _telling(words: Collection[str]) -> list[str]:
    return sorted(word for word in words if len(word) > 2 and word.isalpha())


@lru_cache(maxsize=50_000)
def hashed(word: str) -> int:
    """Give the number that stands for a lexeme."""
    return int.from_bytes(
        hashlib.blake2b(word.encode(), digest_size=8).digest(), "big", signed=True
    )
