"""
Encrypting: a message that only one browser can read.

Source: RFC 8291 3.4 (keys) and RFC 8188 2 (aes128gcm, one record).
"""

import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ambidesk.support.notifications.push.letters import decoded

RECORD = 4096
# Padding delimiter, tag and header leave this much of one record.
LONGEST = 3_000
CURVE = ec.SECP256R1()


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """The public key and the secret of one browser, in the letters that it sent."""

    public_key: str
    auth: str


def encrypt(content: bytes, browser: Browser) -> bytes:
    """
    Encrypt for a browser, with a key and salt of this message's own.

    Raises:
        ValueError: the browser's key is none, or the message is too long.
    """
    if len(content) > LONGEST:
        raise ValueError("the message is too long for one record")
    own, salt = ec.generate_private_key(CURVE), os.urandom(16)
    theirs = decoded(browser.public_key)
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs)
    ours = point_of(own.public_key())
    shared = own.exchange(ec.ECDH(), public)
    key, nonce = keys_of(shared, auth=decoded(browser.auth), theirs=theirs, ours=ours, salt=salt)
    sealed = AESGCM(key).encrypt(nonce, content + b"\x02", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours + sealed


def keys_of(
    shared: bytes, *, auth: bytes, theirs: bytes, ours: bytes, salt: bytes
) -> tuple[bytes, bytes]:
    """Derive key and nonce; `theirs` is the browser's point, `ours` that of the message."""
    info = b"WebPush: info\x00" + theirs + ours
    secret = _derived(shared, salt=auth, info=info, length=32)
    key = _derived(secret, salt=salt, info=b"Content-Encoding: aes128gcm\x00", length=16)
    nonce = _derived(secret, salt=salt, info=b"Content-Encoding: nonce\x00", length=12)
    return key, nonce


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
