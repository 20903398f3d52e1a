"""Base64 without padding and with letters that stand in addresses. Source: RFC 4648 5."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encoded(content: bytes) -> str:
    """Write bytes as letters."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(letters: str) -> bytes:
    """
    Read bytes from letters.

    Raises:
        ValueError: they are none.
    """
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
