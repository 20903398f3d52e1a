"""Sessions: who is signed in where; each can be ended, and none lasts for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse

from ambidesk.edge.web.ui.account.devices import device_of
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.models import User
from ambidesk.parties.staff import leaving

# A sign-in lasts so long at most, however busy somebody is. Source: OWASP ASVS 5.0 7.3.2.
LONGEST = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
BEGAN, SEEN = "began", "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in as its owner knows it again."""

    id: int
    device: str
    ip: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def track(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Note now and then that a session is used; end one that lasted too long."""

    def answer(request: Request) -> HttpResponse:
        if request.user.is_authenticated:
            _note(request)
        return get_response(request)

    return answer  # type: ignore[return-value]  # see Request


def sessions_of(user: User, *, this: str | None) -> tuple[Session, ...]:
    """The sessions of a user, the one of this browser first, then the latest used."""
    rows = UserSession.objects.filter(user=user).order_by("-last_seen_at")
    found = [
        Session(
            id=row.pk,
            device=device_of(row.user_agent),
            ip=row.ip,
            began_at=row.created_at,
            seen_at=row.last_seen_at,
            is_this=row.session_key == this,
        )
        for row in rows
        if row.exists()
    ]
    return tuple(sorted(found, key=lambda session: not session.is_this))


def end(request: Request, session: int) -> HttpResponse:
    """End one session of one's own."""
    own = UserSession.objects.filter(user=request.user, pk=session)
    if not own.exists():
        raise Http404
    leaving.end_sessions(request.user, own, by=request.actor, at=request.at)
    return back_to("profile")


def end_others(request: Request) -> HttpResponse:
    """End every session but this one."""
    others = UserSession.objects.filter(user=request.user)
    others = others.exclude(session_key=request.session.session_key)
    leaving.end_sessions(request.user, others, by=request.actor, at=request.at)
    return back_to("profile")


def _note(request: Request) -> None:
    session, now = request.session, int(request.at.timestamp())
    if now - session.get(BEGAN, now) > LONGEST.total_seconds():
        logout(request)
        return
    if now - session.get(SEEN, 0) <= SEEN_EVERY.total_seconds():
        return
    session.setdefault(BEGAN, now)
    session[SEEN] = now
    UserSession.objects.create_from_request(request)
