"""Remembering: how usual each term is at a brand; the past fades and never has to be read again."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from ambidesk.support.incidents.models import Memory, Term
from ambidesk.support.incidents.rules.bursting import MEMORY_SECONDS, faded
from ambidesk.support.incidents.rules.likeness import weigh

# A term that fades below this is forgotten.
FORGOTTEN = timedelta(days=14)
ADD = f"""
    INSERT INTO incidents_term AS known (brand_id, term, seen, at)
    SELECT %(brand)s, word, number, %(at)s
      FROM unnest(%(terms)s::bigint[], %(numbers)s::float8[]) AS fresh (word, number)
     ORDER BY word
    ON CONFLICT (brand_id, term) DO UPDATE SET at = greatest(excluded.at, known.at),
        seen = excluded.seen + known.seen * exp(-greatest(
            extract(epoch FROM excluded.at - known.at), 0) / {MEMORY_SECONDS})
    RETURNING term, seen
"""  # noqa: S608 a constant


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """In how many texts each term stood, out of `total`; both fade."""

    seen: Mapping[int, float]
    total: float

    def weigh(self, terms: Collection[int]) -> dict[int, float]:
        """Weigh the terms of a text."""
        return weigh(terms, seen=self.seen, total=self.total)


def remember(brand: int, texts: Collection[frozenset[int]], *, at: datetime) -> Usual:
    """Add texts to what is remembered of a brand; give what is usual of their terms."""
    counted = Counter(term for terms in texts for term in terms)
    Memory.objects.get_or_create(brand_id=brand, defaults={"at": at})
    memory = Memory.objects.select_for_update().get(pk=brand)
    memory.total = faded(memory.total, (at - memory.at).total_seconds()) + len(texts)
    memory.at = max(memory.at, at)
    memory.save(update_fields=["total", "at"])
    with connection.cursor() as cursor:
        cursor.execute(
            ADD,
            {
                "brand": brand,
                "at": at,
                "terms": list(counted),
                "numbers": [float(number) for number in counted.values()],
            },
        )
        seen = dict(cursor.fetchall())
    return Usual(seen=seen, total=memory.total)


def recall(brand: int, terms: Collection[int], *, at: datetime) -> Usual:
    """Give what is usual of some terms, whether or not they came just now."""
    memory = Memory.objects.filter(pk=brand).first()
    rows = Term.objects.filter(brand=brand, term__in=terms)
    return Usual(
        seen={row.term: faded(row.seen, (at - row.at).total_seconds()) for row in rows},
        total=faded(memory.total, (at - memory.at).total_seconds()) if memory else 0.0,
    )


def forget(*, at: datetime) -> int:
    """Forget terms that nobody used for long; say how many."""
    old = Term.objects.filter(at__lt=at - FORGOTTEN)
    gone, _kinds = Term.objects.filter(pk__in=old.values("pk")[:5000]).delete()
    return gone
