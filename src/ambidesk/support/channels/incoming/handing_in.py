"""
Handing in: a call is checked and committed as it came; only then is it acknowledged.

The address is the secret; where a signature is asked for, it has to be there as well.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from ambidesk.ground.kernel import ephemeral, pumps
from ambidesk.ground.kernel.sealing import CannotUnseal, unseal
from ambidesk.support.channels.contract.inbound import HookCall, Unsigned
from ambidesk.support.channels.incoming.connecting import KIND
from ambidesk.support.conversations.models import Channel, IntakeItem, IntakeKey
from ambidesk.support.conversations.taking import Arrival, take_many
from ambidesk.support.webhooks.signing import PREFIX, is_signed

LANE: Final = "incoming-intake"
# So long the same bytes without a name are the same delivery, tried again: in seconds.
AGAIN: Final = 300
WHILE: Final = timedelta(seconds=AGAIN)
LONGEST_BYTES: Final = 256 * 1024
A_MINUTE: Final = 120
# The letters that tokens are made of; no other address is asked for.
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
# Where other systems put the name of a delivery, and the signature of its bytes.
NAMES: Final = ("webhook-id", "x-github-delivery", "x-gitlab-event-uuid", "idempotency-key")
SIGNATURES: Final = ("x-signature-256", "x-hub-signature-256", "x-signature")


class TooOften(Exception):  # noqa: N818 says what it is
    """It calls more often than it may; what it wants to say has to wait."""


def hand_in(token: str, *, call: HookCall, at: datetime) -> bool:
    """
    Commit a call; the same delivery again is the same one. Say whether it is new.

    Raises:
        Unsigned: there is no such address, or the signature is not right.
        TooOften: there were too many within this minute.
    """
    if not TOKEN.fullmatch(token):
        raise Unsigned
    channel = Channel.objects.filter(kind=KIND, address=token, enabled=True).first()
    if channel is None:
        raise Unsigned
    _require_signature(channel, call, at=at)
    if (
        ephemeral.count(f"incoming:{channel.pk}:{int(at.timestamp()) // 60}", seconds=120)
        > A_MINUTE
    ):
        raise TooOften
    arrival = Arrival(
        channel_id=channel.pk,
        external_key=_key(channel, call, at),
        raw=call.body,
        envelope={"way": "incoming"},
        received_at=at,
    )
    taken = take_many([arrival])
    pumps.wake(LANE)
    return bool(taken)


def _key(channel: Channel, call: HookCall, at: datetime) -> str:
    """Its name there; else its bytes, which said again after a while are another one."""
    named = next((call.headers[name] for name in NAMES if call.headers.get(name)), "")
    if named:
        return hashlib.sha256(named.encode()).hexdigest()
    digest = hashlib.sha256(call.body).hexdigest()
    now, before = (f"{digest}:{int(each.timestamp()) // AGAIN}" for each in (at, at - WHILE))
    # Across the border of two whiles: what was said a moment ago is still the same.
    rows = IntakeKey.objects.filter(channel=channel, external_key=before).values("item_id")
    since = at - WHILE
    is_same = IntakeItem.objects.filter(pk__in=rows, received_at__gt=since).exists()
    return before if is_same else now


def _require_signature(channel: Channel, call: HookCall, *, at: datetime) -> None:
    if not channel.secret:
        return
    try:
        secret = unseal(channel.secret)
    except CannotUnseal as broken:
        raise Unsigned from broken
    if secret.startswith(PREFIX):
        is_right = is_signed(secret, call.headers, body=call.body, at=at)
    else:
        is_right = _plain(secret, call.headers, call.body)
    if not is_right:
        raise Unsigned


def _plain(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Compare the HMAC of the raw bytes."""
    right = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    shown = next((headers[name] for name in SIGNATURES if name in headers), "")
    given = shown.removeprefix("sha256=").lower()
    return hmac.compare_digest(right.encode(), given.encode())
