"""Securing: how an account is protected changes, which the journal remembers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.events import SecurityChange, SecurityChanged
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.passwords import require_strong


class LoginOfSeveral(NotEntitled):
    """Who knows a shared password is not thereby the one who changes it for all others."""

    sentence = _(
        "Several people share this login, so none of them changes its password or how it is"
        " protected. Write to us: we send a link for a new password."
    )


@transaction.atomic
def change_password(user: User, password: str, *, by: Actor, at: datetime) -> User:
    """
    Give the account a new password: sessions that know the old one end, streams at once.

    Raises:
        LoginOfSeveral: the actor shares the login with others.
        WeakPassword: it is too easy to guess.
    """
    require_own_login(by)
    row = User.objects.select_for_update().get(pk=user.pk)
    require_strong(password, row)
    row.set_password(password)
    row.save(update_fields=["password", "password_needs_factor"])
    note(row, SecurityChange.PASSWORD, by=by, at=at)
    signal(f"revoke:user:{row.pk}")
    return row


def require_own_login(by: Actor) -> None:
    """
    Let only whoever has the login alone go on.

    Raises:
        LoginOfSeveral: others sign in with it too.
    """
    if by.is_shared:
        raise LoginOfSeveral


def note(user: User, change: SecurityChange, *, by: Actor, at: datetime) -> None:
    """Remember that the protection of an account changed."""
    journal.record(SecurityChanged(user_id=user.pk, change=change), by=by, at=at)
