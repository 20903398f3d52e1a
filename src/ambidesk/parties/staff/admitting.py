"""
Admitting: a colleague chooses a password by a link that is good once, and for a day.

Whoever gives the link never learns the password; a newer link makes the older one worthless.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.events import SecurityChange
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.securing import change_password, note
from ambidesk.parties.staff.events import LinkGiven
from ambidesk.parties.staff.leaving import close_sessions
from ambidesk.parties.staff.models import AccessLink, Member

VALID_FOR = timedelta(days=1)


class LinkUsedUp(Refusal):
    """The link is not the newest of an open account, or too old, or was used."""

    sentence = _("This link is no longer good. Ask your administrator for a new one.")
    status = 404


class AccountClosed(Refusal):
    """Nobody can come in by a closed account."""

    sentence = _("This account is closed. Open it first.")


@transaction.atomic
def give_link(member: Member, *, by: Actor, at: datetime) -> str:
    """
    Make the token of a link by which the member chooses a password.

    Raises:
        AccountClosed: the account is closed.
    """
    user = User.objects.select_for_update().get(pk=member.user_id)
    if not user.is_active:
        raise AccountClosed
    token = new_link(user, until=at + VALID_FOR)
    journal.record(LinkGiven(member_id=member.pk, user_id=user.pk), by=by, at=at)
    return token


def new_link(user: User, *, until: datetime) -> str:
    """Make the token of a link; it takes the place of an older one."""
    token = secrets.token_urlsafe(32)
    AccessLink.objects.update_or_create(
        user=user, defaults={"digest": _digest(token), "until": until}
    )
    return token


def holder_of(token: str, *, at: datetime) -> User:
    """
    Find whose link it is.

    Raises:
        LinkUsedUp: it is not good, or no longer.
    """
    known = AccessLink.objects.filter(digest=_digest(token), until__gt=at, user__is_active=True)
    link = known.select_related("user").first()
    if link is None:
        raise LinkUsedUp
    return link.user


@transaction.atomic
def take_link(token: str, password: str, *, at: datetime) -> User:
    """
    Set the password of the link's holder; the link is spent and every session ends.

    Raises:
        LinkUsedUp: it is not good, or no longer.
        WeakPassword: the password is too easy to guess.
    """
    user = User.objects.select_for_update().get(pk=holder_of(token, at=at).pk)
    # Who waited for the lock may find the link spent.
    if not AccessLink.objects.filter(user=user, digest=_digest(token)).delete()[0]:
        raise LinkUsedUp
    by = Actor(kind=ActorKind.USER, id=user.pk)
    changed = change_password(user, password, by=by, at=at)
    close_sessions(changed)
    return changed


@transaction.atomic
def drop_factors(member: Member, *, by: Actor, at: datetime) -> None:
    """
    Remove passkeys, codes and apps of a member who lost them; every session ends.

    The password goes too: alone it may be too short, and the member chooses one by a new link.
    """
    user = User.objects.select_for_update().get(pk=member.user_id)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password", "password_needs_factor"])
    close_sessions(user)
    note(user, SecurityChange.FACTORS_DROPPED, by=by, at=at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
