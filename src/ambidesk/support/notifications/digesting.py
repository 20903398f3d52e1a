"""Digesting: what was to be told by mail and is still unread is gathered, one mail a user."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from ambidesk.ground.kernel import outbox
from ambidesk.support.notifications.models import Digest, Notice

EVERY = timedelta(hours=1)
MOST_USERS = 200
LEASE = timedelta(minutes=3)
TRIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A digest that is due, with its notices, the oldest first."""

    digest: Digest
    notices: tuple[Notice, ...]


@transaction.atomic
def gather(*, domain: str, at: datetime) -> int:
    """
    Make digests for those who have due notices and got none within the hour; say how many.

    `domain` stands in the Message-ID, which is fixed here.
    """
    due = Notice.objects.filter(
        mail_due_at__lte=at, digest=None, read_at=None, user__is_active=True
    )
    users = list(due.order_by("user").values_list("user", flat=True).distinct()[:MOST_USERS])
    latest = Digest.objects.filter(user__in=users).values_list("user").annotate(Max("due_at"))
    recent = {user for user, due_at in latest if due_at > at - EVERY}
    waiting = [user for user in users if user not in recent]
    digests = Digest.objects.bulk_create(
        [Digest(user_id=user, external_id=f"{uuid4().hex}@{domain}", due_at=at) for user in waiting]
    )
    for digest in digests:
        due.filter(user=digest.user_id).update(digest=digest, mail_due_at=None)
    return len(digests)


def lease_digests(*, at: datetime, limit: int = 20) -> list[Waiting]:
    """Claim digests that are due; what was read since is left out of them."""
    rows = Digest.objects.filter(sent_at=None, given_up_at=None).select_related("user")
    found = outbox.lease(rows, at=at, lasting=LEASE, limit=limit)
    notices: dict[int, list[Notice]] = {row.pk: [] for row in found}
    told = Notice.objects.filter(digest__in=found, read_at=None).select_related(
        "actor", "instead_of"
    )
    for notice in told.order_by("at", "pk"):
        notices[notice.digest_id or 0].append(notice)
    return [Waiting(digest=row, notices=tuple(notices[row.pk])) for row in found]


def is_ours(digest: Digest, *, at: datetime) -> bool:
    """Hold a leased digest anew before its turn; false where others hold it now."""
    return outbox.renew(digest, at=at, lasting=LEASE)


def mark_digests(digests: Sequence[Digest], *, at: datetime) -> None:
    """Remember that they are done with."""
    Digest.objects.filter(pk__in=[each.pk for each in digests]).update(
        sent_at=at, leased_until=None
    )


def put_off(digest: Digest, *, at: datetime) -> None:
    """Try again later, and at last no more."""
    outbox.put_off(digest, attempts=digest.attempts, tries=TRIES, at=at)
