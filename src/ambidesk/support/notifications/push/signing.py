"""Signing: who we are to a push service. Source: RFC 8292 2 and 3 (VAPID), RFC 7515 (JWS)."""

import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.db import IntegrityError, transaction

from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.support.notifications.models import PushKey
from ambidesk.support.notifications.push.encrypting import CURVE, point_of
from ambidesk.support.notifications.push.letters import encoded

# RFC 8292 2 allows a day.
GOOD_FOR = timedelta(hours=12)


def key_of_desk(*, at: datetime) -> PushKey:
    """Give the desk's key, made when it is first asked for."""
    found = PushKey.objects.order_by("pk").first()
    return found or _made(at)


def authorization(url: str, *, contact: str, at: datetime) -> str:
    """The header that proves who sends to the push service of an address."""
    parts, key = urlsplit(url), key_of_desk(at=at)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + GOOD_FOR).timestamp()),
        "sub": contact,
    }
    head = encoded(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
    said = f"{head}.{encoded(json.dumps(claims).encode())}"
    return f"vapid t={said}.{encoded(_signature(key, said.encode()))}, k={key.public}"


def _signature(key: PushKey, said: bytes) -> bytes:
    private = load_pem_private_key(unseal(key.sealed).encode(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("the push key is of another kind")
    one, other = decode_dss_signature(private.sign(said, ec.ECDSA(SHA256())))
    return one.to_bytes(32, "big") + other.to_bytes(32, "big")


def _made(at: datetime) -> PushKey:
    private = ec.generate_private_key(CURVE)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = encoded(point_of(private.public_key()))
    try:
        with transaction.atomic():
            return PushKey.objects.create(pk=1, sealed=seal(pem), public=public, made_at=at)
    except IntegrityError:
        # Another process made it in the same moment.
        return PushKey.objects.get(pk=1)
