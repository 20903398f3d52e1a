"""
Tokens and codes of links: made of the desk's secret key and a nonce, looked up by their hash.

A token fits into the deep links of messengers; a code can be typed, and guesses are counted.
"""

import re
import secrets
from base64 import urlsafe_b64encode
from typing import Final

from django.utils.crypto import salted_hmac

from ambidesk.support.channels.linking.models import Link

PURPOSE: Final = "ambidesk.support.channels.link"
# Without letters that are taken for one another; 31 of them, ten times, are 49 bits.
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[:31]
LONG: Final = 10
TYPED: Final = re.compile(r"\s*([A-Z2-9]{5})[\s-]?([A-Z2-9]{5})\s*", re.IGNORECASE)


def fresh_nonce() -> str:
    """A nonce of 128 random bits."""
    return secrets.token_urlsafe(16)


def token_of(nonce: str) -> str:
    """The token: 43 letters of A-Za-z0-9_- that hold 256 bits."""
    return urlsafe_b64encode(_made("token", nonce)).decode().rstrip("=")


def code_of(nonce: str) -> str:
    """The code, such as QWERT-YU234."""
    number = int.from_bytes(_made("code", nonce), "big")
    letters = ""
    for _place in range(LONG):
        number, rest = divmod(number, len(LETTERS))
        letters += LETTERS[rest]
    return f"{letters[:5]}-{letters[5:]}"


def hash_of(told: str) -> str:
    """The form in which a token or a code is looked up; keyed, so that no table of codes helps."""
    return _made("hash", told).hex()


def answer_of(nonce: str, account: str) -> str:
    """The proof that this account was asked whose the link is: 96 bits on a button."""
    return _made("answer", f"{nonce}:{account}").hex()[:24]


def typed_code(text: str) -> str:
    """The code that somebody typed; "" when what they wrote is none."""
    found = TYPED.fullmatch(text)
    return f"{found[1]}-{found[2]}".upper() if found else ""


def find(told: str) -> Link | None:
    """Lock and give the link that a token or a typed code opens, used or not."""
    code = typed_code(told)
    rows = Link.objects.select_for_update(of=("self",)).select_related("ticket", "identity__person")
    if code:
        return rows.filter(code_hash=hash_of(code)).order_by("-pk").first()
    return rows.filter(token_hash=hash_of(told)).first()


def _made(what: str, told: str) -> bytes:
    return salted_hmac(f"{PURPOSE}.{what}", told, algorithm="sha256").digest()
