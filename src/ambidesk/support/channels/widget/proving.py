"""
Proving: a site's own server signs who its user is, by a secret that only it and the desk know.

A rotated secret is still believed for a day, so that no site has to change in one moment.
Source: RFC 7519 (JWT), RFC 7515 (JWS), algorithm HS256 and no other.
"""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64decode
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.channels.widget.events import SecretRotated
from ambidesk.support.conversations.models import Channel

LONGEST: Final = 4096
# A proof that lasts for weeks is one that is stolen.
LASTS_AT_MOST: Final = timedelta(days=1)
LEEWAY: Final = timedelta(seconds=60)
OVERLAP: Final = timedelta(days=1)


class NotProved(Refusal):
    """The signature, the time or the audience is wrong."""

    sentence = _("The site could not tell us who you are. Reload the page and try again.")
    status = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Who the site says its user is; an `email` is there only where the site has verified it."""

    subject: str
    name: str
    email: str
    until: datetime


@transaction.atomic
def rotate(channel: Channel, *, by: Actor, at: datetime) -> str:
    """Give the channel a new secret, which is told this once; the last one is good for a day."""
    row = Channel.objects.select_for_update().get(pk=channel.pk)
    kept = _kept(row)
    fresh = secrets.token_urlsafe(32)
    now = {"current": fresh}
    if kept.get("current"):
        now |= {"previous": kept["current"], "previous_until": (at + OVERLAP).isoformat()}
    row.secret = seal(json.dumps(now))
    row.save(update_fields=["secret"])
    journal.record(SecretRotated(channel_id=row.pk), by=by, at=at)
    return fresh


def prove(token: str, *, channel: Channel, at: datetime) -> Claims:
    """
    Read who somebody is from what the site's server signed.

    Raises:
        NotProved: it did not sign that, not for this widget, or not for now.
    """
    if len(token) > LONGEST or token.count(".") != 2:
        raise NotProved
    signed, _dot, signature = token.rpartition(".")
    head, _dot, body = signed.partition(".")
    header, claims = _object(head), _object(body)
    if header.get("alg") != "HS256" or "crit" in header:
        raise NotProved
    given = _bytes(signature)
    if not any(hmac.compare_digest(_mac(key, signed), given) for key in _secrets(channel, at)):
        raise NotProved
    return _claims(claims, channel, at)


def _claims(claims: dict[str, Any], channel: Channel, at: datetime) -> Claims:
    until, audience, subject = claims.get("exp"), claims.get("aud"), claims.get("sub")
    audiences = audience if isinstance(audience, list) else [audience]
    if channel.address not in audiences:
        raise NotProved
    if not isinstance(subject, str) or not 0 < len(subject) <= 200 or subject != storable(subject):
        raise NotProved
    ends = _instant(until)
    if not at - LEEWAY < ends <= at + LASTS_AT_MOST + LEEWAY:
        raise NotProved
    begins = claims.get("nbf")
    if begins is not None and _instant(begins) > at + LEEWAY:
        raise NotProved
    email = _text(claims.get("email")) if claims.get("email_verified") is True else ""
    return Claims(subject=subject, name=_text(claims.get("name"))[:200], email=email, until=ends)


def _secrets(channel: Channel, at: datetime) -> list[str]:
    kept = _kept(channel)
    found = [kept["current"]] if kept.get("current") else []
    until = kept.get("previous_until")
    if kept.get("previous") and until and at < datetime.fromisoformat(until):
        found.append(kept["previous"])
    return found


def _kept(channel: Channel) -> dict[str, str]:
    return dict(json.loads(unseal(channel.secret))) if channel.secret else {}


def _mac(secret: str, signed: str) -> bytes:
    return hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()


def _object(part: str) -> dict[str, Any]:
    try:
        found = unpacked(_bytes(part))
    except ValueError as wrong:
        raise NotProved from wrong
    if not isinstance(found, dict):
        raise NotProved
    return found


def _bytes(part: str) -> bytes:
    try:
        return urlsafe_b64decode(part.encode("ascii") + b"=" * (-len(part) % 4))
    except (Error, ValueError) as wrong:
        raise NotProved from wrong


def _instant(seconds: object) -> datetime:
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        raise NotProved
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError) as wrong:
        raise NotProved from wrong


def _text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""
