"""Linking: what an article is about, and of which contracts the clients are who read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import AssetClass, AssetModel
from ambidesk.service.contracts.models import Contract
from ambidesk.support.knowledge.addressing import SeenByReaders
from ambidesk.support.knowledge.events import ArticleArranged
from ambidesk.support.knowledge.models import Article
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.writing import require

MOST = 200
LONGEST = 80


class TooManyLinks(InvalidInput):
    """It is about everything, and so about nothing."""

    sentence = _("An article can be linked to at most %(most)s of each kind.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What an article is about; without contracts it is for the clients of all."""

    models: Sequence[AssetModel] = ()
    classes: Sequence[AssetClass] = ()
    contracts: Sequence[Contract] = ()
    industries: Sequence[str] = ()


@transaction.atomic
def link(article: Article, said: Links, *, by: Actor, at: datetime) -> Article:
    """
    Say anew what an article is about and of which contracts its clients are.

    Raises:
        NotEntitled, TooManyLinks.
        SeenByReaders: it is published, and the actor may not publish.
    """
    require(KnowledgeRight.WRITE, by=by)
    row = Article.objects.select_for_update().get(pk=article.pk)
    seen = row.translations.filter(published__isnull=False).exists()
    if seen and not by.may(KnowledgeRight.PUBLISH):
        raise SeenByReaders
    industries = list(dict.fromkeys(filter(None, (one_line(each) for each in said.industries))))
    if max(map(len, (said.models, said.classes, said.contracts, industries))) > MOST:
        raise TooManyLinks(most=MOST)
    row.asset_models.set(said.models)
    row.asset_classes.set(said.classes)
    row.contracts.set(said.contracts)
    row.industries = [each[:LONGEST] for each in industries]
    row.save(update_fields=["industries"])
    journal.record(ArticleArranged(article_id=row.pk), by=by, at=at)
    return row
