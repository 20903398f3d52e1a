"""Papers as they are listed beside an asset or a model."""

from dataclasses import dataclass

from django.db.models import Q

from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import Asset, AssetModel, Document
from ambidesk.service.assets.rights import AssetRight

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper, and whether its reader may change who else reads it."""

    document: Document
    can_change: bool


def papers_of(of: Asset | AssetModel, actor: Actor) -> tuple[Paper, ...]:
    """List the papers of an asset, those of its model too, or of a model alone."""
    if isinstance(of, Asset):
        wanted = Q(asset=of) | Q(model=of.model_id)
        rows = Document.objects.visible_to(actor).filter(wanted)
    else:
        rows = of.documents.of_model(of, actor)
    return tuple(
        Paper(document=row, can_change=_may_change(row, actor))
        for row in rows.select_related("blob")[:SHOWN]
    )


def _may_change(row: Document, actor: Actor) -> bool:
    return actor.may(AssetRight.DECIDE if row.model_id else AssetRight.KEEP)
