"""
Signing: who receives a call can prove who sent it, and that nobody changed or repeats it.

Source: Standard Webhooks 1.0, "Signature scheme".
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

PREFIX = "whsec_"
SECRET_BYTES = 32
# So far the clock of the other side may be off.
TOLERATED = timedelta(minutes=5)


def new_secret() -> str:
    """Draw a secret."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, *, message_id: str, at: datetime, body: bytes) -> str:
    """Sign a message; `at` counts in whole seconds."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{int(at.timestamp())}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(keys: Iterable[str], *, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a message, with a signature for each secret that is good now."""
    signatures = [signature(each, message_id=message_id, at=at, body=body) for each in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def is_secret(given: str) -> bool:
    """Say whether something can be signed with it."""
    try:
        return given.startswith(PREFIX) and bool(
            b64decode(given.removeprefix(PREFIX), validate=True)
        )
    except ValueError:
        return False


def is_signed(secret: str, given: Mapping[str, str], *, body: bytes, at: datetime) -> bool:
    """
    Check a message that came; names of headers are in lower case.

    Source: Standard Webhooks 1.0, "Verifying webhook authenticity".
    """
    try:
        sent_at = datetime.fromtimestamp(int(given.get("webhook-timestamp", "")), tz=UTC)
        message_id = given.get("webhook-id", "")
        right = signature(secret, message_id=message_id, at=sent_at, body=body)
    except (ValueError, OverflowError, OSError):
        return False
    shown = given.get("webhook-signature", "").split()
    is_right = any(hmac.compare_digest(right.encode(), each.encode()) for each in shown)
    return is_right and abs(at - sent_at) <= TOLERATED
