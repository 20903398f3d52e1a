"""What the demo's sites know of their chats: public key and secret, kept beside the data."""

import hashlib
import hmac
import json
import os
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "site.json"
LASTS_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The chat of one brand."""

    channel: str
    secret: str


def write(place: Path, keys: Mapping[str, Keys]) -> None:
    """Keep the keys by brand, for nobody else to read."""
    path = place / FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({slug: asdict(each) for slug, each in keys.items()}, file)


def read(place: Path) -> Mapping[str, Keys]:
    """Read the keys."""
    found = json.loads((place / FILE).read_text())
    return {slug: Keys(**each) for slug, each in found.items()}


def signed(keys: Keys, *, subject: str, name: str, email: str) -> str:
    """
    Sign who is logged in, as the server of any site would.

    Source: RFC 7519, HS256.
    """
    claims = {
        "sub": subject,
        "name": name,
        "email": email,
        "email_verified": True,
        "aud": keys.channel,
        "exp": int(time.time()) + LASTS_SECONDS,
    }
    head = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
    mac = hmac.new(keys.secret.encode(), head.encode(), hashlib.sha256).digest()
    return f"{head}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _part(value: Mapping[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
