"""A browser with a push service on loopback: it takes what is posted, and reads it as browsers do."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ambidesk.support.notifications.push.registering import Subscription

CURVE = ec.SECP256R1()


def letters(content: bytes) -> str:
    """Base64 for addresses."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def unlettered(text: str) -> bytes:
    """The other way round."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _hmac(key: bytes, content: bytes) -> bytes:
    mac = HMAC(key, SHA256())
    mac.update(content)
    return mac.finalize()


@dataclass(slots=True, kw_only=True)
class PushService:
    """What a browser and its service know, and the ledger of what came."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = b"sixteen bytes of"

    @property
    def point(self) -> bytes:
        """The public key of the browser."""
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def subscription(self) -> Subscription:
        """What the browser says of itself."""
        return Subscription(
            url=f"{self.url}push/1", public_key=letters(self.point), auth=letters(self.auth)
        )

    def read(self, body: bytes) -> dict[str, Any]:
        """Decrypt a message, step by step as RFC 8291 3.4 and RFC 8188 2 write it down."""
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert int.from_bytes(body[16:20], "big") >= len(sealed)
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        shared = self.key.exchange(ec.ECDH(), public)
        info = b"WebPush: info\x00" + self.point + sender
        secret = _hmac(_hmac(self.auth, shared), info + b"\x01")
        random = _hmac(salt, secret)
        key = _hmac(random, b"Content-Encoding: aes128gcm\x00\x01")[:16]
        nonce = _hmac(random, b"Content-Encoding: nonce\x00\x01")[:12]
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        content, mark = plain.rstrip(b"\x00")[:-1], plain.rstrip(b"\x00")[-1:]
        assert mark == b"\x02"
        return dict(json.loads(content))

    def claims(self, header: str) -> dict[str, Any]:
        """Check who signed, as a service does (RFC 8292), and give what they claim."""
        scheme, _space, rest = header.partition(" ")
        assert scheme == "vapid"
        parts = dict(each.strip().split("=", 1) for each in rest.split(","))
        said, _dot, signature = parts["t"].rpartition(".")
        raw = unlettered(signature)
        pair = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unlettered(parts["k"]))
        public.verify(encode_dss_signature(*pair), said.encode(), ec.ECDSA(SHA256()))
        return dict(json.loads(unlettered(said.split(".")[1])))


def digest_of(content: bytes) -> bytes:
    """A fingerprint, to tell two bodies apart."""
    told = Hash(SHA256())
    told.update(content)
    return told.finalize()


@contextmanager
def push_service(*answers: int) -> Iterator[PushService]:
    """Serve; the answers are given in turn, 201 when they are used up."""
    service = PushService(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.taken.append((dict(self.headers.items()), body))
            self.send_response(service.answers.pop(0) if service.answers else 201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
