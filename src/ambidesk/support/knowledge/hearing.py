"""Hearing: what readers said of a text, so that whoever writes it reads every word."""

from dataclasses import dataclass

from django.db.models import Count, Q

from ambidesk.support.knowledge.models import Opinion, Translation

LATEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How many said something, how many of them that it helped, and the latest words."""

    helped: int
    said: int
    words: tuple[Opinion, ...]


def heard_of(text: Translation) -> Heard:
    """Give what readers said of a text, the latest words first."""
    rows = Opinion.objects.filter(article=text.article_id, language=text.language)
    counted = rows.aggregate(yes=Count("pk", filter=Q(helped=True)), all=Count("pk"))
    words = tuple(rows.exclude(words="")[:LATEST]) if counted["all"] else ()
    return Heard(helped=counted["yes"], said=counted["all"], words=words)
