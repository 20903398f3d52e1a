"""Signing in: the journal remembers who came in by which way, and who did not."""

from datetime import datetime

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.events import SignedIn, SignInFailed, SignInFailure, SignInWay
from ambidesk.ground.reach.models import User


def note_signed_in(
    user: User, way: SignInWay, *, provider_id: int | None = None, by: Actor, at: datetime
) -> None:
    """Remember that somebody came in."""
    journal.record(SignedIn(user_id=user.pk, way=way, provider_id=provider_id), by=by, at=at)


def note_failed(
    user: User | None,
    why: SignInFailure,
    *,
    provider_id: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Remember that somebody did not come in: nobody knows yet who it was."""
    event = SignInFailed(user_id=user.pk if user else 0, why=why, provider_id=provider_id)
    journal.record(event, by=by, at=at)


def account_of(address: str) -> User | None:
    """The account of an address that somebody typed."""
    return User.objects.filter(email__iexact=address[:254]).first() if address else None
