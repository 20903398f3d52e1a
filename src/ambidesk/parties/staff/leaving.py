"""Leaving: sessions end, and with them whatever is open on a screen."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.events import SecurityChange
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.securing import note


@transaction.atomic
def end_sessions(user: User, sessions: "QuerySet[UserSession]", *, by: Actor, at: datetime) -> None:
    """End some sessions of the user; streams close, and those still signed in open theirs anew."""
    _drop(sessions)
    note(user, SecurityChange.SESSIONS_ENDED, by=by, at=at)
    signal(f"revoke:user:{user.pk}")


def close_sessions(user: User) -> None:
    """End each session of the user, their open streams too."""
    _drop(UserSession.objects.filter(user=user))
    signal(f"revoke:user:{user.pk}")


def _drop(sessions: "QuerySet[UserSession]") -> None:
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()


def forget_expired(*, at: datetime) -> int:
    """Remove sessions that ran out; say how many."""
    gone, _kinds = Session.objects.filter(expire_date__lt=at).delete()
    return gone
