"""Permitting: what needs a consent does not leave without one, whatever held at its writing."""

from collections import defaultdict
from collections.abc import Sequence

from ambidesk.parties.consents.allowing import allowed
from ambidesk.parties.consents.models import Purpose
from ambidesk.support.conversations.models import Delivery, DeliveryState, Trouble


def permitted(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Take back what nobody agreed to, or objected to meanwhile; give the others in their order."""
    by_purpose: dict[Purpose, list[Delivery]] = defaultdict(list)
    for each in deliveries:
        if each.purpose != Purpose.SERVICE:
            by_purpose[Purpose(each.purpose)].append(each)
    barred: set[int] = set()
    for purpose, rows in by_purpose.items():
        may = allowed([row.recipient for row in rows], purpose)
        barred |= {row.pk for row in rows if row.recipient_id not in may}
    if barred:
        Delivery.objects.filter(pk__in=barred, state=DeliveryState.WAITING).update(
            state=DeliveryState.WITHDRAWN, trouble=Trouble.NO_CONSENT, leased_until=None
        )
    return [each for each in deliveries if each.pk not in barred]
