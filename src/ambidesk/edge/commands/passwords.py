"""Passwords that the command line makes: random ones, and for a demo the same at each start."""

import base64
import hashlib
import hmac
import os
import secrets

BYTES = 12


def new_password() -> str:
    """Make a random password of 16 characters."""
    return secrets.token_urlsafe(12)


def password_for(email: str) -> str:
    """Derive a demo login's password from the installation's secret."""
    secret = os.environ["AMBIDESK_SECRET_KEY"].encode()
    digest = hmac.digest(secret, b"demo login " + email.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:BYTES]).decode().lower()
