"""Revoking: whose authority changed loses open streams; what they open next has what holds now."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.signals import signal
from ambidesk.parties.authority.models import Account, Authority, Sweep

# Where nobody knows until when it was done: no stream is older.
BEFORE: Final = timedelta(days=1)


def revoke(persons: Iterable[int]) -> None:
    """Close the streams of these persons, where they have an account."""
    users = Account.objects.filter(person__in=list(persons)).values_list("user_id", flat=True)
    for user in users.order_by("user_id"):
        signal(f"revoke:user:{user}")


@transaction.atomic
def sweep_ended(*, at: datetime) -> int:
    """
    Close the streams of those whose authority began or ended since the last time; say of how many.

    The instant is kept: what ended while no worker ran is caught up with.
    """
    begun = {"swept_to": at - BEFORE}
    row, _new = Sweep.objects.select_for_update().get_or_create(pk=1, defaults=begun)
    if row.swept_to >= at:
        return 0
    closed = revoke_ended(since=row.swept_to, at=at)
    row.swept_to = at
    row.save(update_fields=["swept_to"])
    return closed


def revoke_ended(*, since: datetime, at: datetime) -> int:
    """Close the streams of those whose authority began or ended in (since, at]; say of how many."""
    moved = Authority.objects.filter(until__gt=since, until__lte=at)
    moved |= Authority.objects.filter(since__gt=since, since__lte=at)
    moved |= Authority.objects.filter(
        contact__until_on__gt=day_of(since), contact__until_on__lte=day_of(at)
    )
    persons = set(moved.values_list("contact__person_id", flat=True))
    revoke(persons)
    return len(persons)
