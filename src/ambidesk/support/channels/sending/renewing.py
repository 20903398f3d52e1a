"""Renewing: what a post office has leased is looked at again before its turn."""

from datetime import datetime

from ambidesk.support.conversations.models import Delivery, DeliveryState


def renew(row: Delivery, *, held: datetime, until: datetime) -> bool:
    """
    Hold a delivery anew until `until`; it was held until `held`.

    False where its message was taken back or erased meanwhile, or others hold it now: be they of
    this process, which `outbox.renew` would not tell apart.
    """
    ours = Delivery.objects.filter(pk=row.pk, state=DeliveryState.WAITING, leased_until=held)
    alive = ours.filter(message__withdrawn_at=None, message__erased_at=None)
    return bool(alive.update(leased_until=until))
