"""Deciding: a model is not sold or covered any more; trade and contracts ask here."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.events import ModelDecided
from ambidesk.service.assets.models import AssetModel, ModelDecision
from ambidesk.service.assets.rights import AssetRight


class NoReason(InvalidInput):
    """Nobody will know why."""

    sentence = _("Say why: the decision is shown with it.")


class NotSoldAnyMore(Refusal):
    """It was decided against selling this model."""

    sentence = _("It was decided not to sell %(model)s any more.")


class NotCoveredAnew(Refusal):
    """It was decided against new contracts over this model."""

    sentence = _("It was decided not to take %(model)s into contracts any more.")


@transaction.atomic
def decide(
    model: AssetModel, *, ends_sale: bool, ends_cover: bool, reason: str, by: Actor, at: datetime
) -> ModelDecision:
    """
    Decide whether a model is sold and taken into contracts from now on.

    Raises:
        NotEntitled: the actor decides nothing about models.
        NoReason: none is given.
    """
    if not by.may(AssetRight.DECIDE):
        raise NotEntitled
    if not reason.strip():
        raise NoReason(field="reason")
    row = AssetModel.objects.select_for_update().get(pk=model.pk)
    row.sale_ended_at = (row.sale_ended_at or at) if ends_sale else None
    row.cover_ended_at = (row.cover_ended_at or at) if ends_cover else None
    row.save(update_fields=["sale_ended_at", "cover_ended_at"])
    made = ModelDecision.objects.create(
        model=row,
        ends_sale=ends_sale,
        ends_cover=ends_cover,
        reason=reason.strip()[:1000],
        decided_by_id=by.user_id,
        at=at,
    )
    event = ModelDecided(
        model_id=row.pk, decision_id=made.pk, ends_sale=ends_sale, ends_cover=ends_cover
    )
    journal.record(event, by=by, at=at)
    return made


def require_sale(model: AssetModel) -> None:
    """
    Refuse to sell what was decided against; called under the lock of the sale.

    Raises:
        NotSoldAnyMore: it was.
    """
    if not model.may_be_sold:
        raise NotSoldAnyMore(model=model)


def require_cover(model: AssetModel) -> None:
    """
    Refuse new cover for what was decided against; called under the lock of the contract.

    Raises:
        NotCoveredAnew: it was.
    """
    if not model.may_be_covered:
        raise NotCoveredAnew(model=model)
