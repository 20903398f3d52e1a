"""Keying: keys to the API are made, shown once, found by their digest, and revoked."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput, Refusal
from ambidesk.ground.reach import scopes
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.events import ApiKeyDescribed, ApiKeyIssued, ApiKeyRevoked
from ambidesk.ground.reach.models import ApiKey

# So that whoever searches code and logs for leaked keys finds ours by how they begin.
BEGINNING = "ambidesk_"
LONGEST = 100


class NoKey(Refusal):
    """Nothing proves who asks."""

    sentence = _("Send a key to the API as “Authorization: Bearer …”.")
    status = 401


class UnknownKey(Refusal):
    """The key opens nothing, and perhaps never did."""

    sentence = _("This key is unknown, revoked or past its time.")
    status = 401


class KeyNeedsName(InvalidInput):
    """Nobody would know what it is for."""

    sentence = _("Give the key a name.")


class NoScope(InvalidInput):
    """It would open nothing."""

    sentence = _("Choose at least one scope.")


class BeyondYourself(AboveLimit):
    """Nobody gives away more than they have."""

    sentence = _("You can give a key only what you may do yourself.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyText:
    """What a key is made from; without an instant it holds until it is revoked."""

    name: str
    scopes: Sequence[str]
    brand_ids: Sequence[int] = ()
    per_minute: int = 600
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A new key and its secret, which nobody can read again."""

    key: ApiKey
    token: str


@transaction.atomic
def issue_key(text: KeyText, *, by: Actor, at: datetime) -> Issued:
    """
    Make a key.

    Raises:
        KeyNeedsName, NoScope: it cannot be made so.
        BeyondYourself: the actor lacks a right that it would have.
    """
    name, chosen = _checked(text, by=by)
    prefix = BEGINNING + secrets.token_hex(4)
    token = f"{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name,
        prefix=prefix,
        digest=digest_of(token),
        scopes=chosen,
        brand_ids=sorted(set(text.brand_ids)),
        per_minute=max(text.per_minute, 1),
        made_at=at,
        made_by_id=by.user_id,
        expires_at=text.expires_at,
    )
    journal.record(ApiKeyIssued(key_id=key.pk), by=by, at=at)
    return Issued(key=key, token=token)


@transaction.atomic
def describe_key(key: ApiKey, text: KeyText, *, by: Actor, at: datetime) -> ApiKey:
    """
    Change what a key may do; its secret stays.

    Raises:
        KeyNeedsName, NoScope: it cannot be so.
        BeyondYourself: the actor lacks a right that it would have.
    """
    row = ApiKey.objects.select_for_update().get(pk=key.pk)
    row.name, row.scopes = _checked(text, by=by)
    row.brand_ids = sorted(set(text.brand_ids))
    row.per_minute, row.expires_at = max(text.per_minute, 1), text.expires_at
    row.save(update_fields=["name", "scopes", "brand_ids", "per_minute", "expires_at"])
    journal.record(ApiKeyDescribed(key_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def revoke_key(key: ApiKey, *, by: Actor, at: datetime) -> ApiKey:
    """Let a key open nothing any more; revoking twice is revoking once."""
    row = ApiKey.objects.select_for_update().get(pk=key.pk)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        journal.record(ApiKeyRevoked(key_id=row.pk), by=by, at=at)
    return row


def key_of(token: str, *, at: datetime) -> ApiKey:
    """
    Find the key of a token, asked for at each request: what is revoked is so at once.

    Raises:
        NoKey: there is no token.
        UnknownKey: it opens nothing.
    """
    if not token:
        raise NoKey
    if len(token) > LONGEST:
        raise UnknownKey
    key = ApiKey.objects.filter(digest=digest_of(token)).first()
    if key is None or not key.opens(at):
        raise UnknownKey
    return key


def digest_of(token: str) -> str:
    """Under what a token is kept: 256 random bits need neither salt nor slowness."""
    return sha256(token.encode(errors="replace")).hexdigest()


def _checked(text: KeyText, *, by: Actor) -> tuple[str, list[str]]:
    name = " ".join(text.name.split())[:80]
    if not name:
        raise KeyNeedsName(field="name")
    known = {scope.key for scope in scopes.all_scopes()}
    chosen = [key for key in dict.fromkeys(text.scopes) if key in known]
    if not chosen:
        raise NoScope(field="scopes")
    if not all(by.may(right) for right in scopes.rights_in(chosen)):
        raise BeyondYourself(field="scopes")
    return name, chosen
