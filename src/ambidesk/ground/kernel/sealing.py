"""
Sealing: secrets lie in the database as ciphertext, readable with the desk's own key only.

The key is derived from SECRET_KEY; SECRET_KEY_FALLBACKS still open what older ones sealed.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import Refusal

PURPOSE = b"ambidesk sealed secrets 1"


class CannotUnseal(Refusal):
    """The secret was sealed with a key that this desk no longer has."""

    sentence = _(
        "A stored secret cannot be read: it was sealed with another secret key. Give the desk its "
        "old key as AMBIDESK_SECRET_KEY_FALLBACKS, or enter the secret again."
    )


def seal(secret: str) -> str:
    """Seal a secret; an empty one stays empty."""
    return _keys().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """
    Open a sealed secret.

    Raises:
        CannotUnseal: no key of the desk fits.
    """
    if not sealed:
        return ""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as foreign:
        raise CannotUnseal from foreign


def renewed(sealed: str) -> str:
    """
    Seal anew with the key of today what an older one sealed; what has today's seal stays as it is.

    Raises:
        CannotUnseal: no key of the desk fits.
    """
    if not sealed:
        return ""
    try:
        Fernet(_derived(settings.SECRET_KEY)).decrypt(sealed.encode())
    except InvalidToken:
        return seal(unseal(sealed))
    return sealed


def _keys() -> MultiFernet:
    return _made((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _made(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return urlsafe_b64encode(derivation.derive(secret.encode()))
