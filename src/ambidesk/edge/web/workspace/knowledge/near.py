"""What stands near an article: what was named as related, and what is like it and may be."""

from dataclasses import dataclass

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.knowledge.models import Article, Translation
from ambidesk.support.knowledge.searching import search_seen

MOST, LIKE = 20, 4
# Of what is written: more words find what only shares the common ones.
READ = 200


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another article."""

    pk: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Those that were named, and those that are like it by their words and meaning."""

    named: tuple[Neighbour, ...]
    proposed: tuple[Neighbour, ...]


def near_to(row: Translation, *, actor: Actor) -> Near:
    """Say what of the articles that the actor sees stands near a text's article."""
    seen = Article.objects.visible_to(actor).filter(archived_at=None).exclude(pk=row.article_id)
    named = seen.filter(related=row.article_id).values("pk")
    texts = Translation.objects.filter(article__in=named).order_by("article", "pk")
    titles = {each.article_id: each.title for each in texts if each.language != row.language}
    titles |= {each.article_id: each.title for each in texts if each.language == row.language}
    same = seen.filter(brands__in=row.article.brands.all()).exclude(pk__in=list(titles)).distinct()
    words = f"{row.title} {row.keywords}"[:READ]
    hits = search_seen(words, articles=same, language=row.language, limit=LIKE)
    return Near(
        named=tuple(Neighbour(pk, title) for pk, title in titles.items())[:MOST],
        proposed=tuple(
            {hit.article: Neighbour(hit.article, str(hit.title)) for hit in hits}.values()
        ),
    )
