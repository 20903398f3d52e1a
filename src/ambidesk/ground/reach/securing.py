"""Securing: how an account is protected changes, which the journal remembers."""

from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.events import SecurityChange, SecurityChanged
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.passwords import require_strong


@transaction.atomic
def change_password(user: User, password: str, *, by: Actor, at: datetime) -> User:
    """
    Give the account a new password: sessions that know the old one end, streams at once.

    Raises:
        WeakPassword: it is too easy to guess.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    require_strong(password, row)
    row.set_password(password)
    row.save(update_fields=["password", "password_needs_factor"])
    note(row, SecurityChange.PASSWORD, by=by, at=at)
    signal(f"revoke:user:{row.pk}")
    return row


def note(user: User, change: SecurityChange, *, by: Actor, at: datetime) -> None:
    """Remember that the protection of an account changed."""
    journal.record(SecurityChanged(user_id=user.pk, change=change), by=by, at=at)
