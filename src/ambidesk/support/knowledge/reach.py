"""Who sees which articles: staff by the brands that their teams serve, clients by contracts."""

from django.db.models import Q

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.branches import Sight
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.support.knowledge.models import Article
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.tickets.reach import served_brands


def articles_of_served_brands(actor: Actor) -> Q | Sight:
    """Staff see the articles of the brands that their teams serve; some see all."""
    if actor.is_trusted or actor.may(ReachRight.SEE_EVERYTHING):
        return Sight.EVERYTHING if actor.may(KnowledgeRight.READ) else Sight.NOTHING
    if not actor.may(KnowledgeRight.READ):
        return Sight.NOTHING
    shared = Article.brands.through.objects.filter(brand__in=served_brands(actor))
    return Q(pk__in=shared.values("article"))


def articles_for_clients(actor: Actor) -> Q | Sight:
    """Contacts read what is for everybody, for clients, and for those of a contract they have."""
    if actor.kind is not ActorKind.CONTACT or not actor.authorities or actor.asked_at is None:
        return Sight.NOTHING
    rows = Article.objects.open_to_clients(actor.companies, on=day_of(actor.asked_at))
    return Q(pk__in=rows.order_by().values("pk"))
