"""Sending: what is due for a widget has arrived once its visitor can read it, which is at once."""

from datetime import datetime
from typing import Final

from ambidesk.ground.kernel.holding import held_since
from ambidesk.support.conversations.models import ChannelKind, Delivery, DeliveryState
from ambidesk.support.tickets.delivering import mark_sent

NAME: Final = "widget-sending"
AT_ONCE: Final = 200
# What is answered in a form goes by mail: see transcribing.
HERE: Final = (ChannelKind.WIDGET.value, ChannelKind.FORM.value)


def send_due(*, at: datetime) -> int:
    """Mark what is due as sent and tell its visitors, as of what was to be sent later."""
    if held_since() is not None:
        return 0
    due = Delivery.objects.filter(
        channel__kind__in=HERE, state=DeliveryState.WAITING, due_at__lte=at
    )
    ids = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    if ids:
        mark_sent(ids, at=at)
    return len(ids)
