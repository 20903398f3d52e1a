"""Inserting: an article put into an answer by an operator."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.knowledge.events import ArticleInserted
from ambidesk.support.knowledge.models import Article, Insertion, Manner
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.writing import require
from ambidesk.support.tickets.models import Ticket


@transaction.atomic
def insert(
    article: Article, ticket: Ticket, *, language: str, manner: Manner, by: Actor, at: datetime
) -> Insertion:
    """
    Put down that an article went into an answer on a ticket.

    Raises:
        NotEntitled.
    """
    require(KnowledgeRight.READ, by=by)
    row = Insertion.objects.create(
        ticket=ticket,
        article=article,
        language=language,
        manner=manner,
        by_id=by.user_id,
        at=at,
    )
    journal.record(ArticleInserted(ticket_id=ticket.pk, article_id=article.pk), by=by, at=at)
    return row
