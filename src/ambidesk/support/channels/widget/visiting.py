"""Visiting: a browser begins a talk and is given a token, by which alone it is known."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ambidesk.ground.kernel.preparing import prepared
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.people.describing import add_identity
from ambidesk.parties.people.joining import join_proved
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.people.normalising import NotAnAddress, normal_email
from ambidesk.support.channels.widget.manner import Asks, Manner
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.proving import Claims
from ambidesk.support.conversations.models import Channel, Thread

# How often it is put down that a visitor is still there.
AFRESH: Final = timedelta(minutes=1)
VISITOR: Final = IdentityKind.VISITOR


class Missing(InvalidInput):
    """The widget asks for it before a talk."""

    sentence = gettext_lazy("Please fill this in.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a visitor is, as their browser tells it; all of it may be made up."""

    url: str = ""
    title: str = ""
    referrer: str = ""
    browser_language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """
    What somebody says of themselves before a talk; `claims` are what their site signed.

    Who `leaves_question` does not wait for an answer here, so it needs an address.
    """

    name: str = ""
    email: str = ""
    leaves_question: bool = False
    language: str = "en"
    page: Page = Page()
    claims: Claims | None = None


def actor_of(channel: Channel) -> Actor:
    """Who acts when a visitor does: the channel, which lets nobody decide anything."""
    return Actor(kind=ActorKind.CHANNEL, id=channel.pk)


@transaction.atomic
def begin(channel: Channel, guest: Guest, *, at: datetime) -> tuple[Visitor, str]:
    """
    Let somebody begin a talk; returns the visitor and the token, which is told this once.

    Raises:
        Missing, NotAnAddress: the form is not as the widget asks.
    """
    email = _checked(channel, guest)
    token = secrets.token_urlsafe(32)
    identity, key = _identity(channel, guest, at=at)
    thread, _made = Thread.objects.get_or_create(
        channel=channel, key=key, defaults={"begun_at": at}
    )
    visitor = Visitor.objects.create(
        channel=channel,
        digest=_digest(token),
        identity=identity,
        thread=thread,
        proved_until=guest.claims.until if guest.claims else None,
        email=email,
        language=guest.language,
        begun_at=at,
        seen_at=at,
        **_page_columns(guest.page),
    )
    return visitor, token


def recognise(channel_key: str, token: str, *, at: datetime) -> Visitor | None:
    """Find the visitor of a widget by the token of their browser."""
    if not 0 < len(token) <= 100:
        return None
    digest = _digest(token)
    found: list[Visitor] = prepared("visitor", lambda s: _whole().filter(digest=s["d"]), d=digest)
    return _living(found, channel_key, at=at)


def visitor_at(channel_key: str, number: int, *, at: datetime) -> Visitor | None:
    """Find the visitor of a widget for whom a pass was made, as long as their token counts."""
    return _living(_whole().filter(pk=number), channel_key, at=at)


def look_in(visitor: Visitor, page: Page | None, *, at: datetime) -> None:
    """Put down where a visitor is, and that they are there; once a minute at most."""
    changes: dict[str, object] = {}
    if page and page.url and one_line(page.url, 500) != visitor.page:
        changes = {"page": one_line(page.url, 500), "page_title": one_line(page.title, 200)}
    if changes or at - visitor.seen_at > AFRESH:
        Visitor.objects.filter(pk=visitor.pk).update(seen_at=at, **changes)


def leave(visitor: Visitor, *, at: datetime) -> None:
    """Forget the token of a browser: whoever sits there next is somebody else."""
    Visitor.objects.filter(pk=visitor.pk, closed_at=None).update(closed_at=at)


def _whole() -> QuerySet[Visitor]:
    rows = Visitor.objects.select_related("channel__brand", "channel__team", "identity", "thread")
    # Known from here on, so that a talk that stands nowhere else is not asked for elsewhere.
    beside = proved_beside(OuterRef("identity__person"), OuterRef("identity"))
    return rows.annotate(has_proved_others=Exists(beside))


def proved_beside(person: int | OuterRef, own: int | OuterRef) -> QuerySet[Identity]:
    """Proved addresses of a person beside one of them."""
    proved = Identity.objects.filter(verified_at__isnull=False, shared=False, erased_at=None)
    return proved.filter(person=person).exclude(pk=own)


def _living(found: Iterable[Visitor], channel_key: str, *, at: datetime) -> Visitor | None:
    here = (each for each in found if each.channel.address == channel_key and each.is_living(at))
    return next(here, None)


def _checked(channel: Channel, guest: Guest) -> str:
    if guest.claims:
        return claimed(guest.claims.email)
    manner = Manner.read(channel.settings)
    if manner.asks_name is Asks.MUST and not guest.name.strip():
        raise Missing(field="name")
    needs_email = manner.asks_email is Asks.MUST or guest.leaves_question
    if needs_email and not guest.email.strip():
        raise Missing(field="email")
    return claimed(guest.email)


def claimed(email: str) -> str:
    """
    Give the form of an address that somebody typed; it proves nothing.

    Raises:
        NotAnAddress: it is none.
    """
    try:
        return normal_email(email) if email.strip() else ""
    except NotAnAddress as wrong:
        raise NotAnAddress(field="email", value=email[:80]) from wrong


def _identity(channel: Channel, guest: Guest, *, at: datetime) -> tuple[Identity, str]:
    claims = guest.claims
    own = secrets.token_hex(8)
    key = f"user:{sha256(claims.subject.encode()).hexdigest()}" if claims else f"guest:{own}"
    name = one_line(claims.name if claims else guest.name, 200)
    with override(guest.language):
        name = name or _("Guest %(code)s") % {"code": own[:4].upper()}
    value = f"{channel.pk}:{key}"
    if claims and claims.email and not Identity.objects.of(VISITOR, [value]).exists():
        return _of_known_person(channel, claims, value=value, at=at), key
    caller = Caller(kind=VISITOR, value=value, name=name, display=name, language=guest.language)
    met = meet(caller, by=actor_of(channel), at=at)
    if claims and claims.email:
        _join_by_claim(channel, claims, met, at=at)
    return met, key


def _join_by_claim(channel: Channel, claims: Claims, met: Identity, *, at: datetime) -> None:
    """The site says by now which address is its user's: whoever was known by it is the same."""
    mail = Identity.objects.of(IdentityKind.EMAIL, [normal_email(claims.email)])
    known = mail.filter(shared=False).exclude(person__whole=met.person.whole).first()
    if known:
        join_proved(met.person, known, by=actor_of(channel), at=at)


def _of_known_person(channel: Channel, claims: Claims, *, value: str, at: datetime) -> Identity:
    """The site has verified the address: its user is the person whom we know by it."""
    by = actor_of(channel)
    address = normal_email(claims.email)
    known = meet(Caller(kind=IdentityKind.EMAIL, value=address, name=claims.name), by=by, at=at)
    return add_identity(known.person, VISITOR, value=value, name=claims.name, by=by, at=at)


def _page_columns(page: Page) -> dict[str, str]:
    return {
        "page": one_line(page.url, 500),
        "page_title": one_line(page.title, 200),
        "referrer": one_line(page.referrer, 500),
        "browser_language": one_line(page.browser_language, 35),
    }


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
