"""
The door: whose key it is, what it may do, how often it asks; every answer says how much is left.

A key acts for itself, or for a member of staff whom it names, then never beyond either's rights.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.ephemeral.connection import execute
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled, Refusal
from ambidesk.ground.reach import scopes
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.keying import key_of
from ambidesk.ground.reach.models import ApiKey
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.models import Member
from ambidesk.support.tickets.reach import served_brands

BEHALF: Final = "behalf"
WINDOW: Final = 60
NOTED_EVERY: Final = timedelta(minutes=1)


class ScopeMissing(NotEntitled):
    """The key has no scope for this."""

    sentence = _("The key lacks a scope for this: %(wanted)s.")


class NobodyToActFor(InvalidInput):
    """The header names nobody."""

    sentence = _("“On-Behalf-Of” names no member of staff whom this key may act for.")


class TooManyRequests(Refusal):
    """The key asks more often than it may."""

    sentence = _("This key asks too often. Try again in %(seconds)s seconds.")
    status = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How many requests a key has in this minute, and for how long that holds."""

    limit: int
    used: int
    seconds: int

    def tell(self, answer: HttpResponseBase) -> None:
        """Say it in headers. Source: draft-ietf-httpapi-ratelimit-headers-10."""
        rest = max(self.limit - self.used, 0)
        answer["RateLimit-Policy"] = f'"key";q={self.limit};w={WINDOW}'
        answer["RateLimit"] = f'"key";r={rest};t={self.seconds}'
        if answer.status_code == TooManyRequests.status:
            answer["Retry-After"] = str(self.seconds)


class Call(HttpRequest):
    """A request as operations get it."""

    id: str
    at: datetime
    actor: Actor
    api_key: ApiKey


def behind(
    request: HttpRequest,
    right: str | None,
    *,
    answer: Callable[[Call], HttpResponseBase],
    refuse: Callable[[Refusal], HttpResponse],
) -> HttpResponseBase:
    """
    Let a request through that has a key with the right, and answer it, whatever comes of it.

    Both doors do this: that of the operations and that of SCIM; how each of them says no is
    `refuse`.
    """
    try:
        key = key_behind(request)
    except Refusal as refusal:
        return _finished(refuse(refusal))
    call = cast("Call", request)
    call.api_key = key
    left = counted(key, request)
    try:
        require_left(left)
        note_use(key, at=call.at)
        call.actor = actor_behind(key, request)
        require_right(call.actor, right)
        found = answer(call)
    except Refusal as refusal:
        found = refuse(refusal)
    left.tell(found)
    return _finished(found)


def marks_in(call: HttpRequest, header: str) -> list[str]:
    """The marks that a header such as If-None-Match names."""
    return [each.strip() for each in call.headers.get(header, "").split(",") if each.strip()]


def key_behind(request: HttpRequest) -> ApiKey:
    """
    Find the key that a request proves itself by; a cookie proves nothing here.

    Raises:
        NoKey, UnknownKey: there is none.
    """
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    is_bearer = kind.lower() == "bearer"
    return key_of(token.strip() if is_bearer else "", at=_at(request))


def counted(key: ApiKey, request: HttpRequest) -> Left:
    """Count a request of the key within this minute."""
    second = int(_at(request).timestamp())
    used = ephemeral.count(f"api:{key.pk}:{second // WINDOW}", seconds=WINDOW * 2)
    return Left(limit=key.per_minute, used=used, seconds=WINDOW - second % WINDOW)


def require_left(left: Left) -> None:
    """
    Let only so many through.

    Raises:
        TooManyRequests: that was one too many.
    """
    if left.used > left.limit:
        raise TooManyRequests(seconds=left.seconds)


def note_use(key: ApiKey, *, at: datetime) -> None:
    """Remember once a minute that the key is used, beside whatever the request does or reads."""
    if key.last_used_at and at - key.last_used_at < NOTED_EVERY:
        return
    execute("UPDATE reach_apikey SET last_used_at = %s WHERE id = %s", [at, key.pk])


def actor_behind(key: ApiKey, request: HttpRequest) -> Actor:
    """
    Say who acts.

    Raises:
        NobodyToActFor: the header names somebody whom the key cannot act for.
    """
    rights = scopes.rights_in(key.scopes)
    own = Actor(kind=ActorKind.API_KEY, id=key.pk, rights=rights, brands=frozenset(key.brand_ids))
    named = request.headers.get("On-Behalf-Of", "")
    return _speaking_for(_member(named, key), own) if named else own


def require_right(actor: Actor, right: str | None) -> None:
    """
    Let only those through whose key holds the right.

    Raises:
        ScopeMissing: it does not.
    """
    if right is not None and not actor.may(right):
        raise ScopeMissing(wanted=", ".join(scopes.scopes_with(right)) or right)


def _speaking_for(member: Member, own: Actor) -> Actor:
    """Both rights and both reaches at once: neither of the two gains anything."""
    theirs = actor_of(member.user)
    seen = frozenset(served_brands(theirs))
    key_is_open, they_are = (a.may(ReachRight.SEE_EVERYTHING) for a in (own, theirs))
    brands = seen if key_is_open else own.brands if they_are else own.brands & seen
    return replace(own, rights=own.rights & theirs.rights, brands=brands, behalf=member.user_id)


def _member(named: str, key: ApiKey) -> Member:
    found = None
    if BEHALF in key.scopes and named.isascii() and named.isdecimal() and len(named) < 18:
        rows = Member.objects.filter(pk=int(named), user__is_active=True)
        found = rows.select_related("user").first()
    if found is None:
        raise NobodyToActFor(field="On-Behalf-Of")
    return found


def _finished(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers.setdefault("Cache-Control", "private, no-store")
    patch_vary_headers(answer, ["Authorization", "Accept-Language"])
    return answer


def _at(request: Any) -> datetime:
    at: datetime = getattr(request, "at", None) or datetime.now(UTC)
    return at
