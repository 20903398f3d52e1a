"""Articles as they are fetched here: only those that somebody sees."""

from django.http import Http404

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.knowledge.models import Article


def visible_article(actor: Actor, pk: int) -> Article:
    """
    Give an article that the actor sees.

    Raises:
        Http404: there is none.
    """
    row = Article.objects.visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
