"""Passwords that the command line makes."""

import secrets


def new_password() -> str:
    """Make a random password of 16 characters."""
    return secrets.token_urlsafe(12)
